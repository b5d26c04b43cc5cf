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
  const source = [1, 2];
  const list = [...source, mark(log, 'a', 'a'), ...(await later(log, 'b', [3, 4])), , await later(log, 'c', 5), ...source];
  return { log, list, hole: 5 in list, length: list.length };
}
