class Query<T> {
  #steps: ((rows: T[]) => T[])[] = [];
  readonly #rows: readonly T[];
  constructor(rows: readonly T[]) {
    this.#rows = rows;
  }
  where(test: (row: T) => boolean): this {
    this.#steps.push((rows) => rows.filter(test));
    return this;
  }
  sort(by: (row: T) => number): this {
    this.#steps.push((rows) => rows.toSorted((a, b) => by(a) - by(b)));
    return this;
  }
  async run(): Promise<T[]> {
    let rows = [...this.#rows];
    for (const step of this.#steps) {
      await null;
      rows = step(rows);
    }
    return rows;
  }
}

export default async function main(): Promise<unknown> {
  let limit = 3;
  const query = new Query([5, 1, 4, 2, 3]).where((row) => row > 1);
  await null;
  query.sort((row) => -row).where((row) => row < limit + 2);
  await null;
  const first = await query.run();
  limit = 1;
  return [first, await query.run()];
}
