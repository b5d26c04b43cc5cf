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
  const object: any = { a: { b: 1, c: 2 }, d: 4 };
  const nothing: any = null;
  const r1 = delete object?.a[await later(log, 'key', 'b')];
  const r2 = delete nothing?.a[await later(log, 'not evaluated', 'b')];
  const r3 = delete object[await later(log, 'key2', 'd')];
  const r4 = delete (await later(log, 'object', object)).zzz;
  return { log, r1, r2, r3, r4, object };
}
