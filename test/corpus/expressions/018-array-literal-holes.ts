type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

export default async function main() {
  const log: Log = [];
  const list = [, mark(log, 'a', 1), , await later(log, 'b', 2), ,];
  return { log, list, keys: Object.keys(list), length: list.length };
}
