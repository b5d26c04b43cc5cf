export default async function main() {
  const rank = new Map([['b', 1], ['a', 2], ['c', 3]]);
  let comparisons = 0;
  const sorted = ['a', 'b', 'c'].sort((x, y) => {
    comparisons += 1;
    return rank.get(x)! - rank.get(y)!;
  });
  await null;
  const grouped = Object.groupBy([1, 2, 3, 4], (n) => (n % 2 === 0 ? 'even' : 'odd'));
  const found = [5, 6, 7].findLast((n) => n % 2 === 1);
  const flat = [1, 2].flatMap((n) => Array.from({ length: n }, (_, index) => n * 10 + index));
  const reduced = [1, 2, 3].reduceRight<string>((text, n) => text + n, '');
  await null;
  const typed = Uint8Array.from([3, 1, 2]).sort((x, y) => y - x);
  return { sorted, counted: comparisons > 0, grouped: { ...grouped }, found, flat, reduced, typed };
}
