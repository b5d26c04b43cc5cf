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
  const source: any = { one: 1, two: 2, three: 3, four: 4 };
  const { [await later(log, 'k1', 'one')]: a, [mark(log, 'k2', 'missing')]: b = await later(log, 'b', 'default'), [await later(log, 'k3', 'three')]: c, ...rest } = source;
  return { log, a, b, c, rest };
}
