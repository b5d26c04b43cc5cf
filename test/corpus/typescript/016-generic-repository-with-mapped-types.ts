type Entity = { readonly id: number };
type Draft<T extends Entity> = Omit<T, 'id'> & Partial<Pick<T, 'id'>>;
type Changes<T> = { -readonly [K in keyof T]?: T[K] | ((old: T[K]) => T[K] | Promise<T[K]>) };
type Listener<T> = (event: `${'created' | 'changed' | 'removed'}:${number}`, entity: T) => void;
type Keys<T, V> = { [K in keyof T]-?: T[K] extends V ? K : never }[keyof T];
class Repository<T extends Entity> implements AsyncIterable<T> {
  protected readonly rows = new Map<number, T>();
  private readonly listeners: Listener<T>[] = [];
  private static next = 100;
  on(listener: Listener<T>): () => void {
    this.listeners.push(listener);
    return () => void this.listeners.splice(this.listeners.indexOf(listener), 1);
  }
  async create(draft: Draft<T>): Promise<T> {
    const entity = { id: Repository.next++, ...draft } as unknown as T;
    await null;
    this.rows.set(entity.id, entity);
    this.listeners.forEach((listener) => listener(`created:${entity.id}`, entity));
    return entity;
  }
  async change(id: number, changes: Changes<T>): Promise<T | undefined> {
    const old = this.rows.get(id);
    if (!old) return;
    const now = { ...old };
    for (const key of Object.keys(changes) as (keyof T)[]) {
      const to = changes[key];
      now[key] = typeof to === 'function' ? await (to as (old: T[keyof T]) => T[keyof T])(old[key]) : (to as T[keyof T]);
    }
    this.rows.set(id, now);
    for (const listener of this.listeners) listener(`changed:${id}`, now);
    return now;
  }
  sum<K extends Keys<T, number>>(key: K): number {
    let sum = 0;
    for (const row of this.rows.values()) sum += row[key] as number;
    return sum;
  }
  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (const row of this.rows.values()) yield row;
  }
}
interface Product extends Entity {
  name: string;
  price: number;
  stock?: number;
}
class Products extends Repository<Product> {
  async *cheap<const L extends number>(limit: L): AsyncGenerator<Product & { limit: L }> {
    for await (const row of this) if (row.price <= limit) yield { ...row, limit };
  }
}
export default async function run() {
  const products = new Products();
  const events: string[] = [];
  const off = products.on((event, { name }) => events.push(`${event} ${name}`));
  const pen = await products.create({ name: 'pen', price: 2 });
  const desk = await products.create({ name: 'desk', price: 200, stock: 1, id: 7 });
  await products.change(pen.id, { price: async (old) => (await old) + 1, name: (old) => `${old}!` });
  off();
  await products.change(desk.id, { stock: undefined, price: 150 });
  const cheap: unknown[] = [];
  for await (const row of products.cheap(99)) cheap.push(row);
  return [events, cheap, products.sum('price'), await products.change(1, {}), pen, [...(products as any).rows.keys()]];
}
