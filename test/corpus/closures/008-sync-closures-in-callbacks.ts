export default async function main() {
  const factor = await 3;
  const offset = await 1;
  const list = [4, 1, 3];
  const mapped = list.map((n) => n * factor + offset);
  await null;
  const sorted = list.toSorted((a, b) => (a - b) * Math.sign(factor));
  const reduced = list.reduce((sum, n) => sum + n * factor, 0);
  const found = list.find((n) => n < factor);
  const filtered = list.filter((n) => n >= factor).map(String);
  const flat = list.flatMap((n) => Array.from({ length: n }, (_, i) => n * 10 + i));
  await null;
  return { mapped, sorted, reduced, found, filtered, flat };
}
