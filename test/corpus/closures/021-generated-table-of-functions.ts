export default async function main() {
  const operations = Object.fromEntries(
    (['+', '-', '*'] as const).map((op) => [op, async (a: number, b: number) => {
      const [x, y] = [await a, await b];
      return op === '+' ? x + y : op === '-' ? x - y : x * y;
    }]),
  ) as Record<string, (a: number, b: number) => Promise<number>>;
  await null;
  return [await operations['+']!(2, 3), await operations['-']!(2, 3), await operations['*']!(2, await operations['+']!(1, 1))];
}
