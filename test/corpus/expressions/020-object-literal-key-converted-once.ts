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
  const key: any = { toString() { log.push('to string'); return 'k'; } };
  const object: any = { [key]: await later(log, 'value', 1), [await later(log, 'key', key)]: mark(log, 'second', 2) };
  return { log, object };
}
