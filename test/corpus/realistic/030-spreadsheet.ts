/** Cells with formulas over other cells, computed once per change; a cell that depends on itself says which way. */
type Formula = (get: (name: string) => Promise<number>) => Promise<number>;
class Sheet {
  readonly #formulas = new Map<string, Formula>();
  readonly #cache = new Map<string, number>();
  readonly #users = new Map<string, Set<string>>();
  computed = 0;
  set(name: string, formula: Formula | number): void {
    this.#formulas.set(name, typeof formula === 'number' ? async () => formula : formula);
    const stale = [name];
    for (const each of stale) {
      this.#cache.delete(each);
      stale.push(...(this.#users.get(each) ?? []));
      this.#users.delete(each);
    }
  }
  async get(name: string, path: readonly string[] = []): Promise<number> {
    if (path.includes(name)) throw new RangeError(`circular: ${[...path.slice(path.indexOf(name)), name].join(' ')}`);
    const known = this.#cache.get(name);
    if (known !== undefined) return known;
    const formula = this.#formulas.get(name);
    if (!formula) return 0;
    const value = await formula(async (other) => {
      const got = await this.get(other, [...path, name]);
      this.#users.set(other, (this.#users.get(other) ?? new Set()).add(name));
      return got;
    });
    this.computed++;
    this.#cache.set(name, value);
    return value;
  }
}
export default async function main() {
  const sheet = new Sheet();
  sheet.set('a', 2);
  sheet.set('b', async (get) => (await get('a')) * 10);
  sheet.set('c', async (get) => (await get('a')) + (await get('b')) + (await get('none')));
  sheet.set('sum', async (get) => {
    let sum = 0;
    for (const name of ['a', 'b', 'c']) sum += await get(name);
    return sum;
  });
  const seen: unknown[] = [await sheet.get('sum'), sheet.computed, await sheet.get('sum'), sheet.computed];
  sheet.set('b', async (get) => (await get('a')) ** 3);
  seen.push(await sheet.get('sum'), sheet.computed);
  sheet.set('a', async (get) => get('c'));
  seen.push(await sheet.get('sum').catch(String));
  sheet.set('a', 1);
  seen.push(await sheet.get('sum'), sheet.computed);
  return seen;
}
