/** The key of the call is awaited: what it gives is an iterator that lives over suspension points, or something else. */
export default async function main() {
  const key = async <T>(value: T) => (await null, value);
  const map = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const pairs = map[await key(Symbol.iterator)]();
  pairs.next();
  await null;
  const values = map[await key('values' as const)]();
  values.next();
  const letters = 'xy'[await key(Symbol.iterator)]();
  letters.next();
  const matches = 'a1'.matchAll(await key(/./g));
  matches.next();
  await null;
  const text = [1, 2][await key('join' as const)]('-');
  map.set('c', 3);
  await null;
  return { pairs: [...pairs], values: [...values], letters: [...letters], match: matches.next().value![0], text };
}
