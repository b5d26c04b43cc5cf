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
  const object: any = { f: (...args: unknown[]) => (log.push(['called', args]), { list: [10, 20, 30], g: (x: number) => x }) };
  let e: any = 'old';
  const r = (mark(log, 'a', object))[await later(log, 'b', 'f')](mark(log, 'c', 1), ...(await later(log, 'd', [2, 3])), e, (e = await later(log, 'f', 'new')), e).list[mark(log, 'g', 1)]! +
    object.f(await later(log, 'h', 4)).g(mark(log, 'i', 5)) * (await later(log, 'j', 6)) -
    (mark(log, 'k', 0) || (await later(log, 'l', 7))) ** mark(log, 'm', 2);
  return { log, r };
}
