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
  let a: any = 0, b: any = 1, c: any = null, d: any = 'd', e: any = '', f: any = undefined;
  a ||= await later(log, 'a', 10);
  b ||= await later(log, 'skip b', 10);
  c ??= await later(log, 'c', 30);
  d ??= await later(log, 'skip d', 40);
  e &&= await later(log, 'skip e', 50);
  b &&= await later(log, 'b', 60);
  const r = (f ??= await later(log, 'f', 70)) + (a ||= await later(log, 'skip a', 1));
  return { log, a, b, c, d, e, f, r };
}
