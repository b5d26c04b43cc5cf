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
  const r1 = (await later(log, 'test', true)) ? await later(log, 'yes', 1) : await later(log, 'no', 2);
  const r2 = mark(log, 'test2', false) ? await later(log, 'yes2', 1) : mark(log, 'no2', 2);
  const r3 = mark(log, 'a', 1) + (mark(log, 'test3', 1) ? await later(log, 'b', 10) : 0) + mark(log, 'c', 100);
  const r4 = (await later(log, 'x', 0)) ? 'x' : (await later(log, 'y', 1)) ? 'y' : 'z';
  return { log, r1, r2, r3, r4 };
}
