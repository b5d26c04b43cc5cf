class Cache<K, V> {
  readonly #entries = new Map<K, { value: Promise<V>; until: number }>();
  readonly #load: (key: K, cache: Cache<K, V>) => Promise<V>;
  readonly stats = { hits: 0, misses: 0, evicted: [] as K[], failed: 0 };
  now = 0;
  readonly size: number;
  constructor(size: number, load: (key: K, cache: Cache<K, V>) => Promise<V>) {
    this.size = size;
    this.#load = load;
  }
  get(key: K): Promise<V> {
    const known = this.#entries.get(key);
    if (known && known.until > this.now) {
      this.stats.hits++;
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value;
    }
    this.stats.misses++;
    const value = this.#load(key, this);
    this.#entries.set(key, { value, until: this.now + 10 });
    value.catch(() => {
      this.stats.failed++;
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
    });
    for (const old of this.#entries.keys()) {
      if (this.#entries.size <= this.size) break;
      this.#entries.delete(old);
      this.stats.evicted.push(old);
    }
    return value;
  }
  *[Symbol.iterator](): IterableIterator<K> {
    yield* this.#entries.keys();
  }
}
export default async function run() {
  let loads = 0;
  const fib = new Cache<number, bigint>(6, async (n, cache) => {
    loads++;
    if (n < 0) throw new RangeError(`no fib of ${n}`);
    if (n < 2) return BigInt(n);
    const [a, b] = await Promise.all([cache.get(n - 1), cache.get(n - 2)]);
    return a + b;
  });
  const values = [await fib.get(30)];
  const [x, y] = [fib.get(29), fib.get(29)];
  values.push(await x);
  const shared = x === y;
  const failures = await Promise.allSettled([fib.get(-1), fib.get(-1)]);
  await null;
  fib.now = 11;
  values.push(await fib.get(5));
  return [values, shared, failures.map((f) => `${f.status} ${(f as PromiseRejectedResult).reason}`), fib.stats, [...fib], loads];
}
