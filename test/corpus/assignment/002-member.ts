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
  const object: any = {};
  object.a = await later(log, 'a', 1);
  (await later(log, 'object', object)).b = mark(log, 'b', 2);
  (await later(log, 'object 2', object)).c = await later(log, 'c', 3);
  object.d = object.e = await later(log, 'de', 4);
  return { log, object };
}
