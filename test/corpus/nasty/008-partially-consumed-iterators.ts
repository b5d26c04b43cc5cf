export default async function main() {
  const iterator = [1, 2, 3, 4, 5, 6][Symbol.iterator]();
  const [a, b = await 'unused'] = iterator as any;
  await null;
  const [c] = iterator as any;
  for (const d of iterator) {
    await null;
    if (d === 4) break;
  }
  const set = new Set(['x', 'y', 'z']).values();
  await set.next();
  const [...rest] = set;
  return { a, b, c, next: iterator.next(), left: [...iterator], rest, end: iterator.next() };
}
