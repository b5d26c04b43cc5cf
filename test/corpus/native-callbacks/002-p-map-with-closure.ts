import pMap, { pMapSkip } from 'p-map';
export default async function main() {
  const seen = new Map<number, string>();
  const squares = await pMap(
    [1, 2, 3, 4, 5],
    async (value, index) => {
      await null;
      seen.set(index, `item ${value}`);
      if (value === 3) return pMapSkip;
      return value * value;
    },
    { concurrency: 2 },
  );
  await null;
  return { squares, seen };
}
