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
  const object: any = { a: 1, b: 2, c: 3 };
  const r1 = delete object[await later(log, 'key', 'a')];
  const r2 = delete (await later(log, 'object', object)).b;
  const frozen: any = Object.freeze({ x: 1 });
  let error = '';
  try {
    delete (await later(log, 'frozen', frozen)).x;
  } catch (e: any) {
    error = e.constructor.name;
  }
  return { log, r1, r2, error, object };
}
