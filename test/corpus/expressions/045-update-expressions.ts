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
  const object: any = { n: 5, list: [1, 2] };
  const r1 = object[await later(log, 'key', 'n')]++;
  const r2 = ++(await later(log, 'object', object)).n;
  const r3 = object.list[await later(log, 'index', 0)]--;
  const r4 = --object[mark(log, 'list', 'list')][await later(log, 'index 2', 1)];
  let i = 0;
  const r5 = i++ + (await later(log, 'between', i)) + i++ + i;
  const text: any = { s: '5' };
  const r6 = text[await later(log, 's', 's')]++;
  const big: any = { b: 5n };
  const r7 = big[await later(log, 'b', 'b')]++;
  return { log, r1, r2, r3, r4, r5, r6, r7, object, text, big };
}
