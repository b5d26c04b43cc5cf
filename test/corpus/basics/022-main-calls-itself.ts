export default async function main(depth = 0): Promise<unknown> {
  const mine = { depth };
  if (depth < 3) return [mine, await main(depth + 1)];
  await null;
  return mine;
}
