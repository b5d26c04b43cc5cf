interface Row {
  id: number;
  amount: number;
}
interface Policy {
  ready(count: number): boolean;
}
class ItemCount implements Policy {
  constructor(private limit: number) {}
  ready(count: number) {
    return count >= this.limit;
  }
}
class Reader {
  #next = 1;
  constructor(private last: number) {}
  async read(): Promise<Row | null> {
    await null;
    return this.#next > this.last ? null : { id: this.#next, amount: this.#next++ * 10 };
  }
  get position() {
    return this.#next;
  }
}
export default async function main() {
  const chunks: Row[][] = [];
  const marks: number[] = [];
  const filtered: number[] = [];
  const reader = new Reader(8);
  const policy: Policy = new ItemCount(3);
  const process = async (row: Row) => {
    if (row.id % 4 === 0) return null;
    await null;
    return { ...row, amount: row.amount + 1 };
  };
  let items: Row[] = [];
  let end = false;
  do {
    const row = await reader.read();
    if (row === null) end = true;
    else {
      const processed = await process(row);
      if (processed) items.push(processed);
      else filtered.push(row.id);
    }
    if (policy.ready(items.length) || (end && items.length > 0)) {
      chunks.push(await items);
      marks.push(reader.position);
      items = [];
    }
  } while (!end);
  const total = chunks.flat().reduce((sum, { amount }) => sum + amount, 0);
  return { chunks, marks, filtered, total };
}
