export default async function main(): Promise<unknown> {
  const limit = 2;
  class Bounded extends Array<number> {
    override push(...items: number[]) {
      for (const item of items) if (this.length < limit) super.push(item);
      return this.length;
    }
  }
  class Failure extends Error {
    override name = 'Failure';
    constructor(
      message: string,
      readonly code = limit,
    ) {
      super(message);
    }
  }
  class Table extends Map<string, number> {
    #reads = 0;
    override get(key: string) {
      this.#reads++;
      return super.get(key) ?? -limit;
    }
    get reads() {
      return this.#reads;
    }
  }
  class Unique extends Set<number> {
    sum() {
      return [...this].reduce((a, b) => a + b, limit);
    }
  }
  class Day extends Date {
    iso() {
      return this.toISOString().slice(0, 10);
    }
  }
  const list = new Bounded();
  list.push(1, 2, 3);
  const failure = new Failure('went wrong');
  const table = new Table([['a', 1]]);
  table.get('a');
  const unique = new Unique([1, 2, 2]);
  const day = new Day(0);
  await null;
  list.push(4);
  table.set('b', 2);
  await null;
  return [
    [...list],
    list instanceof Bounded,
    Array.isArray(list),
    [failure.name, failure.message, failure.code, failure instanceof Failure, failure instanceof Error],
    [table.get('a'), table.get('x'), table.get('b'), table.reads, table.size],
    unique.sum(),
    day.iso(),
    day instanceof Day,
  ];
}
