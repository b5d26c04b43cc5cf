type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}

async function f(log: Log, a: any, b: any = mark(log, 'b', a + 1), c: any = mark(log, 'c', [a, b]), ...rest: any[]) {
  await null;
  return [a, b, c, rest];
}
export default async function main() {
  const log: Log = [];
  return [await f(log, 1), await f(log, 1, undefined, 3), await f(log, 1, 2, 3, 4, 5), await f(log, 1, null), f.length, log];
}
