const metadata = new WeakMap<object, { reads: number }>();
const seen = new WeakSet<object>();

function describe(target: object): number {
  if (!seen.has(target)) {
    seen.add(target);
    metadata.set(target, { reads: 0 });
  }
  return ++metadata.get(target)!.reads;
}

export default async function main() {
  const order = { id: 1 };
  const counts = [describe(order)];
  await null;
  counts.push(describe(order));
  await null;
  counts.push(describe(order), describe({}));
  return counts;
}
