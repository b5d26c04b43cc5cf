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
  const results: unknown[] = [];
  results.push(mark(log, 'a', 7) - (await later(log, 'b', 2)));
  results.push((await later(log, 'c', 7)) % mark(log, 'd', 4));
  results.push((await later(log, 'e', 2)) ** (await later(log, 'f', 10)));
  results.push((await 6) & (await 3), (await 6) | (await 3), (await 6) ^ (await 3));
  results.push((await 1) << (await 4), (await -16) >> (await 2), (await -1) >>> (await 28));
  results.push((await 1) < (await 2), (await 'b') >= (await 'a'), (await 1) == ((await '1') as any), (await 1) === ((await '1') as any));
  return { log, results };
}
