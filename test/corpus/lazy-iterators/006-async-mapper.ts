/** A mapper that is an async function: the values are promises, awaited one by one while the chain is saved. */
export default async function main() {
  const log: string[] = [];
  const jobs = ['x', 'y', 'z'].values().map(async (name, index) => {
    log.push(`begin ${name}`);
    await null;
    log.push(`end ${name}`);
    return name + index;
  });
  const results: string[] = [];
  for (const job of jobs) {
    await null;
    results.push(await job);
  }
  const together = await Promise.all(
    [3, 1, 2].values().map(async (turns) => {
      for (let turn = 0; turn < turns; turn++) await null;
      log.push(`turns ${turns}`);
      return turns;
    }),
  );
  return { results, together, log };
}
