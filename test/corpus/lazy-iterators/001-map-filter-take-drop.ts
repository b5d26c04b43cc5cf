/** A lazy chain held over suspension points at every step of its use. */
export default async function main() {
  const log: string[] = [];
  const source = [1, 2, 3, 4, 5, 6, 7, 8];
  const chain = source
    .values()
    .drop(1)
    .filter((value, index) => {
      log.push(`filter ${value}@${index}`);
      return value % 2 === 0;
    })
    .map((value, index) => {
      log.push(`map ${value}@${index}`);
      return value * 10;
    })
    .take(3);
  await null;
  const results: unknown[] = [];
  for (let result = chain.next(); ; result = chain.next()) {
    results.push(result);
    if (result.done) break;
    source.push(100 + results.length);
    await null;
  }
  await null;
  results.push(chain.next());
  return { results, log };
}
