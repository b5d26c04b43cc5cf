export default async function main() {
  const rows: any[] = [];
  for (let i = 0; i < 20; i++) rows.push(i % 3 === 0 ? { id: i, a: 'a' } : i % 3 === 1 ? { a: 'a', id: i } : { id: i, [`k${i}`]: i });
  await null;
  rows[0].added = true;
  delete rows[1].a;
  await null;
  return rows;
}
