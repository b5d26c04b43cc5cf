class OutOfStock extends Error {
  constructor(readonly sku: string, readonly missing: number) {
    super(`${missing} of ${sku} missing`);
  }
}
type Key = { readonly description: string };
class Stock {
  readonly #free: Record<string, number>;
  readonly #held = new Map<Key, { sku: string; qty: number; until: number }>();
  now = 0;
  static readonly #kind = 'reservation';
  constructor(free: Record<string, number>) {
    this.#free = { ...free };
  }
  #expire(): string[] {
    const gone: string[] = [];
    for (const [key, { sku, qty, until }] of this.#held) {
      if (until > this.now) continue;
      this.#held.delete(key);
      this.#free[sku]! += qty;
      gone.push(`${key.description}:${sku}`);
    }
    return gone;
  }
  async reserve(sku: string, qty: number, ttl = 10): Promise<Key> {
    this.#expire();
    await null;
    const free = this.#free[sku] ?? 0;
    if (free < qty) throw new OutOfStock(sku, qty - free);
    this.#free[sku] = free - qty;
    const key = Object.freeze({ description: `${Stock.#kind} ${this.#held.size + 1}` });
    this.#held.set(key, { sku, qty, until: this.now + ttl });
    return key;
  }
  async reserveAll(wanted: Record<string, number>): Promise<Key[]> {
    const keys: Key[] = [];
    try {
      for (const [sku, qty] of Object.entries(wanted)) keys.push(await this.reserve(sku, qty));
      return keys;
    } catch (error) {
      for (const key of keys) this.release(key);
      throw error;
    }
  }
  release(key: Key): boolean {
    const held = this.#held.get(key);
    if (held) this.#free[held.sku]! += held.qty;
    return this.#held.delete(key);
  }
  tick(by: number): string[] {
    this.now += by;
    return this.#expire();
  }
  view = () => ({ ...this.#free, held: this.#held.size });
}
export default async function run() {
  const stock = new Stock({ pear: 5, plum: 2 });
  const views: unknown[] = [];
  const first = await stock.reserveAll({ pear: 2, plum: 1 });
  views.push(stock.view(), first.map(({ description }) => description));
  const failed = await stock.reserveAll({ pear: 3, plum: 2 }).catch((error: OutOfStock) => [error.sku, error.missing, error.message]);
  views.push(failed, stock.view());
  const race = await Promise.allSettled([stock.reserve('plum', 1, 3), stock.reserve('plum', 1, 3), stock.reserve('kiwi', 1)]);
  views.push(race.map(({ status }) => status), stock.view(), stock.tick(3));
  await null;
  views.push(stock.release(first[0]!), stock.release(first[0]!), stock.tick(7), stock.view());
  return views;
}
