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
  const r = mark(log, 'a', 2) ** (await later(log, 'b', 3)) ** mark(log, 'c', 2);
  const s = (mark(log, 'd', 2) ** (await later(log, 'e', 3))) ** (await later(log, 'f', 2));
  const t = (-(await later(log, 'g', 2))) ** 2;
  return { log, r, s, t };
}
