async function double(n: number) { return (await n) * 2; }
async function square(n: number) { return (await n) ** 2; }
export default async function main() {
  const table: Record<string, (n: number) => Promise<number>> = { double, square, cube: async (n) => (await n) ** 3 };
  const list = [double, square];
  const map = new Map([['d', double]]);
  const pick = (name: string) => table[name]!;
  await null;
  const results: unknown[] = [list[0] === double, map.get('d') === table.double, pick('square') === square];
  for (const name in table) results.push(`${name} ${await table[name]!(3)}`);
  for (const f of list) results.push(await f(5));
  return results;
}
