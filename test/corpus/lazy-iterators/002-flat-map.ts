/** flatMap with inner iterators of many kinds, suspended while an inner one is open. */
class Countdown extends Iterator<number> {
  #left: number;
  constructor(from: number) {
    super();
    this.#left = from;
  }
  next(): IteratorResult<number> {
    return this.#left > 0 ? { value: this.#left--, done: false } : { value: undefined, done: true };
  }
}
export default async function main() {
  const chain = Iterator.from([1, 2, 3, 4, 5]).flatMap((value, index): Iterable<unknown> | Iterator<unknown> => {
    if (value === 1) return ['a', 'b'];
    if (value === 2) return new Map([[index, 'm']]);
    if (value === 3) return new Countdown(3) as never;
    if (value === 4) return Iterator.from('hi').map((letter) => letter.toUpperCase());
    return [];
  });
  const seen: unknown[] = [];
  for (const item of chain) {
    seen.push(item);
    await null;
  }
  return seen;
}
