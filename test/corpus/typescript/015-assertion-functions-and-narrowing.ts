type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
class ShapeError extends TypeError {
  override name = 'ShapeError';
}
function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new ShapeError(message);
}
function assertIs<T>(value: unknown, check: (value: unknown) => value is T, what: string): asserts value is T {
  assert(check(value), `${what}: got ${value === null ? 'null' : typeof value}`);
}
const isText = (value: unknown): value is string => typeof value === 'string';
const listOf =
  <T>(item: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(item);
class Reader {
  private at: readonly (string | number)[] = [];
  declare readonly never: number;
  readonly #root: Json;
  constructor(root: Json) {
    this.#root = root;
  }
  in(...path: (string | number)[]): this {
    this.at = [...this.at, ...path];
    return this;
  }
  assertObject(value: Json): asserts value is { [key: string]: Json } {
    assert(typeof value === 'object' && value !== null && !Array.isArray(value), `${this.at.join('.')} is no object`);
  }
  async get<T extends Json = Json>(): Promise<T> {
    let value: Json = this.#root;
    for (const key of this.at) {
      await null;
      if (typeof key === 'number') assert(Array.isArray(value), `${key} of no list`);
      else this.assertObject(value);
      value = (value as any)[key]!;
    }
    return value as T;
  }
}
export default async function run(): Promise<unknown[]> {
  const data = { shop: { items: [{ name: 'pear', tags: ['fruit', 'green'] }, { name: 3, tags: null }] } } as const;
  const log: unknown[] = ['never' in new Reader(null)];
  const read = async (...path: (string | number)[]) => new Reader(data as unknown as Json).in(...path).get();
  const first = await read('shop', 'items', 0, 'name');
  assertIs(first, isText, 'name');
  log.push(first.toUpperCase());
  const tags: unknown = await read('shop', 'items', 0, 'tags');
  assertIs(tags, listOf(isText), 'tags');
  log.push(tags.join('+'));
  for (const path of [['shop', 'items', 1, 'name'], ['shop', 0], ['shop', 'items', 'x'], ['shop', 'items', 1, 'tags', 'deep']]) {
    try {
      const value = await read(...path);
      assertIs(value, isText, path.join('/'));
      log.push(value);
    } catch (error) {
      log.push(`${error}`, error instanceof ShapeError && error instanceof TypeError);
    }
  }
  return log;
}
