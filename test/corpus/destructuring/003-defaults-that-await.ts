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
  const { a = await later(log, 'a', 1), b = await later(log, 'skipped', 2), c = mark(log, 'c', 3) }: any = { b: 20 };
  const [d = await later(log, 'd', 4), e = await later(log, 'skipped', 5), f = await later(log, 'f', 6)]: any[] = [undefined, 50];
  const { n: { o = await later(log, 'o', 7) } = await later(log, 'n', {} as any), p = o + 1 }: any = {};
  const { q = await later(log, 'skipped for null', 1) }: any = { q: null };
  return { log, a, b, c, d, e, f, o, p, q };
}
