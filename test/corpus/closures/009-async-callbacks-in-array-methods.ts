export default async function main() {
  const log: string[] = [];
  const delayed = async (n: number, ticks: number) => {
    for (let i = 0; i < ticks; i++) await null;
    log.push(`done ${n}`);
    return n;
  };
  const all = await Promise.all([3, 1, 2].map(async (n) => (await delayed(n, n * 3)) * 10));
  const sequential = await [1, 2, 3].reduce(async (sum, n) => (await sum) + (await delayed(n, 1)), Promise.resolve(0));
  const keep = await Promise.all([1, 2, 3, 4].map(async (n) => (await n) % 2 === 0));
  const filtered = [1, 2, 3, 4].filter((_, i) => keep[i]);
  const pending: Promise<number>[] = [];
  [7, 8].forEach((n) => pending.push(delayed(n, 2)));
  return { all, sequential, filtered, each: await Promise.all(pending), log };
}
