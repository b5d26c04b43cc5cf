async function* from(limit: number) {
  for (let n = 0; n < limit; n++) {
    await null;
    yield n;
  }
}
async function* map<T, U>(source: AsyncIterable<T>, change: (value: T) => U | Promise<U>) {
  for await (const value of source) yield change(value);
}
async function* chunk<T>(source: AsyncIterable<T>, size: number) {
  let list: T[] = [];
  for await (const value of source) {
    list.push(value);
    if (list.length === size) {
      yield list;
      list = [];
    }
  }
  if (list.length > 0) yield list;
}
async function* take<T>(source: AsyncIterable<T>, count: number) {
  for await (const value of source) {
    if (count-- <= 0) return;
    yield value;
  }
}

export default async function main() {
  const seen: unknown[] = [];
  const doubled = map(from(100), async (n) => {
    await null;
    return n * 2;
  });
  for await (const part of chunk(take(doubled, 8), 3)) seen.push(part);
  return seen;
}
