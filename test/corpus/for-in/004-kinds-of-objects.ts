/** Strings, numbers, functions, arrays, typed arrays, maps, errors, dates, classes with accessors. */
class Point {
  static origin = 1;
  x = 1;
  #y = 2;
  get sum() {
    return this.x + this.#y;
  }
}
export default async function main() {
  const fn = Object.assign(() => 1, { extra: 1 });
  const values: unknown[] = [
    'héy',
    5,
    true,
    null,
    undefined,
    ['p', , 'q'],
    new Uint8Array(2),
    new Map([['k', 1]]),
    Object.assign(new Error('message'), { code: 1 }),
    new Date(0),
    new Point(),
    Point,
    fn,
    Object('ab'),
    10n,
    Symbol.iterator,
  ];
  const seen: string[][] = [];
  for (const value of values) {
    const keys: string[] = [];
    for (const key in value as object) {
      keys.push(key);
      await null;
    }
    seen.push(keys);
  }
  return seen;
}
