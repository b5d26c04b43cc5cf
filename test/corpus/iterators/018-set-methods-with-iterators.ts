/** Methods of sets on set-like objects whose keys() is an iterator of the script. */
export default async function main() {
  const log: string[] = [];
  const inner = new Set([2, 3, 4]);
  const like = {
    size: 3,
    has: (value: number) => (log.push(`has ${value}`), inner.has(value)),
    keys() {
      log.push('keys');
      return inner.values();
    },
  };
  const set = new Set([1, 2, 3, 5]);
  const union = set.union(like as never);
  await null;
  const common = set.intersection(like as never);
  await null;
  const difference = set.symmetricDifference(like as never);
  await null;
  const iterator = union.values();
  iterator.next();
  await null;
  union.delete(2);
  return { rest: [...iterator], common, difference, superset: set.isSupersetOf(new Set([5])), log };
}
