/** Collections whose iterator method is a generator that loops over super's iterator. */
class Doubled extends Map<string, number> {
  override *[Symbol.iterator](): MapIterator<[string, number]> {
    for (const [key, value] of super.entries()) yield [key, value * 2];
  }
  override *values(): MapIterator<number> {
    yield* super.values();
    yield -1;
  }
}
export default async function main() {
  const doubled = new Doubled([
    ['a', 1],
    ['b', 2],
  ]);
  const seen: unknown[] = [];
  for (const pair of doubled) {
    seen.push(pair);
    await null;
    if (doubled.size < 4) doubled.set(`new ${doubled.size}`, 10);
  }
  const values = doubled.values();
  values.next();
  await null;
  doubled.delete('b');
  await null;
  const [first, ...rest] = doubled;
  return { seen, values: [...values], first, rest };
}
