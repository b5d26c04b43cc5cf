class Sum {
  total = 0;
  async add(source: AsyncIterable<number> | Iterable<number>): Promise<this> {
    for await (const n of source) this.total += n;
    return this;
  }
}
const collect = async <T>(source: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of source) list.push(item);
  return list;
};

export default async function main() {
  async function* two() {
    yield 1;
    yield 2;
  }
  const sum = await (await new Sum().add(two())).add([10, 20]);
  const lists = await Promise.all([collect(two()), collect(two())]);
  return [sum.total, lists, await Array.fromAsync(two()), await Array.fromAsync(two(), async (n) => n * 2)];
}
