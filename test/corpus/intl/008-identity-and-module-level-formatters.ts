const EURO = new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' });
const ORDER = new Intl.Collator('de');

export default async function main() {
  const held = { format: EURO, again: EURO, order: ORDER };
  await null;
  return [held.format === EURO, held.format === held.again, held.order === ORDER, held.format.format(1), ['b', 'a'].sort(held.order.compare)];
}
