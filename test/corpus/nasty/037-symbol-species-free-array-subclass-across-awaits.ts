class Batch extends Array<number> {
  #sealed = false;
  static make(...items: number[]) { const b = new Batch(); b.push(...items); return b; }
  seal() { this.#sealed = true; return this; }
  get sealed() { return this.#sealed; }
  async total() { let t = 0; for (const n of this) t += await n; return t; }
}
export default async function main() {
  const b = Batch.make(1, 2, 3).seal();
  await null;
  b.push(4);
  const even = b.filter((n) => n % 2 === 0);
  await null;
  return { total: await b.total(), sealed: [b.sealed, (even as Batch).sealed], is: [even instanceof Batch, Array.isArray(b)], b, even, length: b.length };
}
