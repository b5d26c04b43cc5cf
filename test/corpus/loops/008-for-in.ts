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
  const base = { inherited: 1, b: 'shadowed' };
  const object: any = Object.create(base);
  Object.assign(object, { b: 1, a: 2, 10: 'ten', 2: 'two' });
  Object.defineProperty(object, 'hidden', { value: 1, enumerable: false });
  for (const key in object) log.push(`${key}=${await object[key]}`);
  for (const key in await later(log, 'nothing', null as any)) log.push(key);
  for (const key in await later(log, 'string', 'ab' as any)) log.push(key);
  let last: any;
  for (last in { x: 1, y: 2 }) await null;
  const holder: any = { keys: [] };
  let i = 0;
  for (holder.keys[i++] in { p: 1, q: 2 }) await null;
  for (var key in [7, , 9]) log.push(await key);
  return { log, last, holder, key };
}
