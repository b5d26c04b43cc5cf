/** Iterator.concat where the runtime has it; the same with flatMap where it has not. */
export default async function main() {
  const lists: Iterable<unknown>[] = [[1, 2], new Set(['a']), 'xy'[Symbol.iterator](), new Map([['k', 0]]).keys()];
  const { concat } = Iterator as unknown as { concat?: (...lists: Iterable<unknown>[]) => IteratorObject<unknown> };
  const joined = concat ? concat(...lists) : lists.values().flatMap((list) => list);
  const seen: unknown[] = [];
  for (const value of joined) {
    seen.push(value);
    await null;
    if (value === 1) (lists[0] as number[]).push(3);
  }
  return { seen, end: joined.next() };
}
