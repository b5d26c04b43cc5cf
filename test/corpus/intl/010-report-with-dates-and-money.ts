const money = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
type Row = { on: Date; what: string; amount: number };
async function* rows(): AsyncGenerator<Row> {
  for (const [day, what, amount] of [['2024-02-28', 'Lager', 1234.5], ['2024-02-29', 'Möbel', -80], ['2024-03-01', 'äther', 0.005], ['2024-12-31', 'Zoll', 99.995]] as const)
    yield { on: new Date(`${day}T23:30:00Z`), what, amount };
}
export default async function run() {
  const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium', timeZone: 'Europe/Berlin' });
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const order = new Intl.Collator('de', { sensitivity: 'base' });
  const plural = new Intl.PluralRules('en', { type: 'ordinal' });
  const lines: string[] = [];
  const byMonth = new Map<string, { sum: number; rows: Row[] }>();
  let n = 0;
  for await (const row of rows()) {
    lines.push(`${++n}${{ one: 'st', two: 'nd', few: 'rd', other: 'th' }[plural.select(n) as 'one']} ${day.format(row.on)} ${row.what} ${money.format(row.amount)}`);
    const group = byMonth.get(month.format(row.on)) ?? { sum: 0, rows: [] };
    group.sum += row.amount;
    group.rows.push(row);
    byMonth.set(month.format(row.on), group);
    await null;
  }
  const sums = [...byMonth].map(([name, { sum, rows: list }]) => `${name}: ${money.format(sum)} (${list.length})`);
  const sorted = [...byMonth.values()].flatMap(({ rows: list }) => list.map(({ what }) => what)).toSorted(order.compare);
  await null;
  const parts = money.formatToParts(-1234567.891).map(({ type, value }) => `${type}=${value}`);
  const leap = new Date(Date.UTC(2024, 1, 29));
  leap.setUTCFullYear(2025);
  return [lines, sums, sorted, parts, leap.toISOString(), day.formatRange(new Date(0), leap), new Intl.ListFormat('de').format(sorted)];
}
