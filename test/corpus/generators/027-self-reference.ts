export default async function main() {
  const count = function* down(n: number): Generator<number> {
    yield n;
    if (n > 0) yield* down(n - 1);
  };
  function* walk(list: unknown[]): Generator<unknown> {
    for (const item of list) {
      if (Array.isArray(item)) yield* walk(item as unknown[]);
      else yield item;
    }
  }
  const out: unknown[] = [];
  for (const n of count(3)) {
    await null;
    out.push(n);
  }
  for (const n of walk([1, [2, [3, [4]], 5], [], [[6]]])) {
    await null;
    out.push(n);
  }
  return { out, name: count.name };
}
