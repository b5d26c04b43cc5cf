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
  const a = (mark(log, 'first', 1), await later(log, 'second', 2), mark(log, 'third', 3));
  const b = (await later(log, 'x', 1), await later(log, 'y', 2));
  for (let i = 0, j = await 10; i < j; i += 4, j -= await 1) log.push([i, j]);
  return { log, a, b };
}
