/** Patterns in the heads of for-of over entries, with defaults that await and nested live iterators. */
export default async function main() {
  const map = new Map<string, number[] | undefined>([
    ['a', [1, 2, 3]],
    ['b', undefined],
    ['c', []],
  ]);
  const log: unknown[] = [];
  for (const [key, [head = await 'no head', ...tail] = await [0]] of map.entries()) {
    await null;
    log.push([key, head, tail]);
    if (key === 'a') map.set('d', [9]);
  }
  let first, rest;
  for ([first, ...rest] of [map.keys(), map.get('a')!.values(), 'xyz'[Symbol.iterator]()]) {
    await null;
    log.push([first, rest]);
  }
  const shared = [1, 2, 3, 4, 5, 6].values();
  const pairs: unknown[] = [];
  for (const value of shared) {
    const [next = await 'nothing'] = shared;
    pairs.push([value, next]);
  }
  return { log, pairs };
}
