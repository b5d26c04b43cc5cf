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
  const r1 = (await later<number | null>(log, 'a', 0)) ?? (await later(log, 'skipped', 1));
  const r2 = (await later<number | null>(log, 'b', null)) ?? (await later(log, 'c', 2));
  const r3 = mark<undefined | string>(log, 'd', undefined) ?? mark<null | string>(log, 'e', null) ?? (await later(log, 'f', 'end'));
  return { log, r1, r2, r3 };
}
