/** Two helpers over the same iterator take turns; the source stays shared after a restore. */
export default async function main() {
  const source = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 4],
    ['e', 5],
  ]).entries();
  const names = source.map(([name]) => name);
  const numbers = source.map(([, number]) => number * 100);
  const out: unknown[] = [];
  for (let round = 0; round < 3; round++) {
    out.push(names.next());
    await null;
    out.push(numbers.next());
    await null;
  }
  return { out, source: source.next() };
}
