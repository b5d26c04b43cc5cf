function* naturals(): Generator<number> {
  for (let n = 1; ; n++) yield n;
}
function* filter<T>(source: Iterable<T>, test: (value: T) => boolean): Generator<T> {
  for (const value of source) if (test(value)) yield value;
}
function* map<T, U>(source: Iterable<T>, change: (value: T) => U): Generator<U> {
  for (const value of source) yield change(value);
}
function* take<T>(source: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return;
  for (const value of source) {
    yield value;
    if (--count === 0) return;
  }
}
function* sieve(source: Generator<number>): Generator<number> {
  const prime = source.next().value as number;
  yield prime;
  yield* sieve(filter(source, (n) => n % prime !== 0));
}

export default async function main() {
  const squares = take(map(filter(naturals(), (n) => n % 3 === 0), (n) => n * n), 5);
  const seen: number[] = [];
  for (const n of squares) {
    await null;
    seen.push(n);
  }
  const from2 = naturals();
  from2.next();
  const primes: number[] = [];
  for (const prime of take(sieve(from2), 8)) {
    await null;
    primes.push(prime);
  }
  return { seen, primes };
}
