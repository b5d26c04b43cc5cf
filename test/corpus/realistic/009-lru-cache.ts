class LruCache<K, V> {
  #entries = new Map<K, V>();
  hits = 0;
  misses = 0;
  constructor(private limit: number, private load: (key: K) => Promise<V>) {}
  async get(key: K): Promise<V> {
    const hit = this.#entries.get(key);
    if (hit !== undefined) {
      this.hits++;
      this.#entries.delete(key);
      this.#entries.set(key, hit);
      return hit;
    }
    this.misses++;
    const value = await this.load(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.limit) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest!);
    }
    return value;
  }
  keys() { return [...this.#entries.keys()]; }
}
export default async function main() {
  const loads: string[] = [];
  const cache = new LruCache<string, string>(2, async (k) => { loads.push(k); await null; return k.toUpperCase(); });
  const values: string[] = [];
  for (const k of 'abacbac') values.push(await cache.get(k));
  return { values, loads, keys: cache.keys(), hits: cache.hits, misses: cache.misses };
}
