/** break does not close iterators of collections: they have no return method. */
export default async function main() {
  const iterator = ['a', 'b', 'c', 'd'].values();
  const log: string[] = [];
  for (const value of iterator) {
    log.push(`first ${value}`);
    await null;
    if (value === 'b') break;
  }
  for (const value of iterator) {
    await null;
    log.push(`second ${value}`);
    break;
  }
  const [last] = iterator;
  await null;
  log.push(`last ${last}`);
  const map = new Map([
    [1, 'x'],
    [2, 'y'],
  ]);
  const pairs = map[Symbol.iterator]();
  outer: for (;;) {
    for (const [key] of pairs) {
      await null;
      log.push(`key ${key}`);
      continue outer;
    }
    break;
  }
  return { log, has: 'return' in iterator };
}
