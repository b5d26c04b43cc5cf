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
  const missing: any = null;
  const present: any = { a: { b: 7 } };
  const r1 = missing?.[await later(log, 'not evaluated', 'a')].b.c;
  const r2 = present?.[await later(log, 'key', 'a')].b;
  const r3 = (await later(log, 'null', missing))?.a.b.c;
  const r4 = (await later(log, 'object', present))?.a?.b;
  const r5 = present.x?.[await later(log, 'not evaluated 2', 'y')];
  return { log, r1, r2, r3, r4, r5 };
}
