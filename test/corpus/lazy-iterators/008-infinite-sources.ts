/** Endless iterators cut by take and find, with state of their own in private fields. */
class Naturals extends Iterator<bigint> {
  #next: bigint;
  static made = 0;
  constructor(from: bigint) {
    super();
    this.#next = from;
    Naturals.made++;
  }
  next(): IteratorResult<bigint> {
    return { value: this.#next++, done: false };
  }
}
export default async function main() {
  const evens = new Naturals(10n).filter((value) => value % 2n === 0n);
  const primes = new Naturals(2n).filter((value) => {
    for (let by = 2n; by * by <= value; by++) if (value % by === 0n) return false;
    return true;
  });
  const seen: bigint[] = [];
  for (const prime of primes.take(8)) {
    seen.push(prime, evens.next().value!);
    await null;
  }
  const big = primes.find((value) => value > 100n);
  await null;
  return { seen, big, next: primes.next().value, made: Naturals.made };
}
