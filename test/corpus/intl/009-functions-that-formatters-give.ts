async function total(values: number[]): Promise<number> {
  let sum = 0;
  for (const value of values) {
    await null;
    sum += value;
  }
  return sum;
}

export default async function main() {
  const euro = new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' });
  const day = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' });
  const collator = new Intl.Collator('sv');
  const { compare } = collator;
  const held = { format: euro.format, compare, of: day.format, day, euro, collator };
  const direct = euro.format(await total([1, 2.5]));
  await null;
  return [direct, [1, 2].map(held.format), held.format === euro.format, held.of(0), held.of === day.format, ['z', 'ä', 'a'].sort(held.compare), held.collator.compare === compare, day.format(await total([86400000]))];
}
