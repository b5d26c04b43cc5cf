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
  const [a, , b, [c], ...rest] = await later(log, 'list', [1, 2, 3, [4, 5], 6, 7] as any[]);
  const [x, y] = await later(log, 'string', '😀z');
  const [p, q, r] = new Set([await later(log, 'set', 'only')]);
  return { log, a, b, c, rest, x, y, p, q, r };
}
