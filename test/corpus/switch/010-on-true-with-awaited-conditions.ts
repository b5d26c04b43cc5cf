/** switch (true): conditions in order, each evaluated only when those before it did not hold. */
export default async function main() {
  const asked: string[] = [];
  const is = async (name: string, holds: boolean) => {
    asked.push(name);
    await null;
    return holds;
  };
  const classify = async (n: number): Promise<string> => {
    switch (true) {
      case n < 0:
        return 'negative';
      case await is('small', n < 10):
        return 'small';
      default:
        return 'huge';
      case n > 1000 && (await is('odd', n % 2 === 1)):
        return 'large and odd';
      case await is('medium', n < 100):
        return `medium ${await n}`;
    }
  };
  const results: string[] = [];
  for (const n of [-1, 5, 50, 1001, 1002]) results.push(await classify(n));
  return { results, asked };
}
