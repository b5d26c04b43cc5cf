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
  const object: any = { zero: 0, one: 1, nothing: null, deep: { list: [0, 1] } };
  object.zero ||= await later(log, 'a', 'A');
  object.one &&= await later(log, 'b', 'B');
  object[await later(log, 'k', 'nothing')] ??= await later(log, 'c', 'C');
  object[await later(log, 'k2', 'one')] ||= await later(log, 'skipped', 1);
  object.deep.list[await later(log, 'i', 0)] ||= mark(log, 'd', 'D');
  (await later(log, 'deep', object.deep)).fresh ??= await later(log, 'e', 'E');
  const frozen: any = Object.freeze({ x: 1 });
  frozen.x ||= await later(log, 'no write at all', 2);
  let error = '';
  try {
    frozen.x &&= await later(log, 'write', 2);
  } catch (e: any) {
    error = e.constructor.name;
  }
  return { log, object, error };
}
