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
  const object: any = { n: 10, list: [1, 2, 3], text: 'a' };
  object.n += await later(log, 'a', 5);
  object[await later(log, 'key', 'n')] *= mark(log, 'b', 2);
  object[mark(log, 'key2', 'n')] -= await later(log, 'c', 1);
  (await later(log, 'object', object)).list[await later(log, 'i', 1)] **= await later(log, 'd', 5);
  const r = (object.text += await later(log, 'e', 'b'));
  return { log, object, r };
}
