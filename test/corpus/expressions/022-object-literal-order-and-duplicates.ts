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
  const object: any = { b: 1, a: await later(log, 'a', 2), 2: 'two', 1: await later(log, '1', 'one'), b: mark(log, 'b again', 3) } as any;
  return { log, object, keys: Object.keys(object) };
}
