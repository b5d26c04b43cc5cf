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
  const r1 = (await later(log, 'a', 0)) && (await later(log, 'skipped', 1));
  const r2 = (await later(log, 'b', 5)) && (await later(log, 'c', 6));
  const r3 = mark(log, 'd', '') || (await later(log, 'e', 'default'));
  const r4 = mark(log, 'f', 'first') || (await later(log, 'skipped', 'second'));
  const r5 = (await later(log, 'g', null)) && (mark(log, 'skipped', 1) || (await later(log, 'skipped', 2)));
  return { log, r1, r2, r3, r4, r5 };
}
