type Value = number | string;
class CellError extends Error {
  override readonly name = 'CellError';
}
class Sheet {
  readonly #formulas = new Map<string, string>();
  readonly #values = new Map<string, Promise<Value>>();
  readonly #usedBy = new Map<string, Set<string>>();
  evaluations = 0;
  set(cell: string, formula: string): this {
    this.#formulas.set(cell, formula);
    this.#forget(cell);
    return this;
  }
  #forget(cell: string): void {
    if (!this.#values.delete(cell)) return;
    for (const user of this.#usedBy.get(cell) ?? []) this.#forget(user);
    this.#usedBy.delete(cell);
  }
  get(cell: string, path: readonly string[] = []): Promise<Value> {
    if (path.includes(cell)) return Promise.reject(new CellError(`cycle ${[...path, cell].join('>')}`));
    let value = this.#values.get(cell);
    if (!value) {
      value = this.#evaluate(cell, [...path, cell]);
      this.#values.set(cell, value);
      value.catch(() => this.#values.delete(cell));
    }
    return value;
  }
  async #evaluate(cell: string, path: readonly string[]): Promise<Value> {
    this.evaluations++;
    const formula = this.#formulas.get(cell);
    if (formula === undefined) throw new CellError(`${cell} is empty`);
    if (!formula.startsWith('=')) return Number.isNaN(Number(formula)) ? formula : Number(formula);
    const use = async (name: string): Promise<Value> => {
      const users = this.#usedBy.get(name) ?? new Set();
      this.#usedBy.set(name, users.add(cell));
      return this.get(name, path);
    };
    const call = /^=(?<fn>SUM|JOIN)\((?<a>[A-Z]\d):(?<b>[A-Z]\d)\)$/.exec(formula)?.groups;
    if (call) {
      const { fn, a, b } = call as Record<'fn' | 'a' | 'b', string>;
      const names = Array.from({ length: Number(b[1]) - Number(a[1]) + 1 }, (_, i) => `${a[0]}${Number(a[1]) + i}`);
      const values = await Promise.all(names.map(use));
      return fn === 'SUM' ? values.reduce<number>((sum, v) => sum + Number(v), 0) : values.join('');
    }
    let total = 0;
    for (const [, sign = '+', name, literal] of formula.slice(1).matchAll(/([+-])?(?:([A-Z]\d)|(\d+))/g)) {
      const value = name ? Number(await use(name)) : Number(literal);
      total += sign === '-' ? -value : value;
    }
    return total;
  }
}
export default async function run() {
  const sheet = new Sheet().set('A1', '2').set('A2', '=A1+3').set('A3', '=A1+A2-1').set('B1', '=SUM(A1:A3)').set('B2', '=JOIN(A1:A3)').set('C1', '=C2+1').set('C2', '=C1').set('D1', '=A1+Z9');
  const results: unknown[] = [];
  const read = async (...cells: string[]) => {
    for (const cell of cells) results.push(`${cell} ${await sheet.get(cell).catch(String)}`);
    results.push(sheet.evaluations);
  };
  await read('B1', 'B2', 'A3');
  sheet.set('A1', '10');
  await read('B1', 'A2');
  await read('C1', 'C2', 'D1');
  sheet.set('Z9', '1').set('C2', '5');
  await read('C1', 'D1');
  return results;
}
