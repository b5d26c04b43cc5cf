export default async function main() {
  const log: unknown[] = [];
  const until = (limit: number) => (n: number) => {
    log.push(n);
    if (n >= limit) throw new RangeError(`stop at ${n}`);
  };
  for (const limit of [2, 3]) {
    try {
      [1, 2, 3, 4].forEach(until(limit));
    } catch (error) {
      log.push((error as Error).message);
    }
    await null;
  }
  const list = [3, 1, 2];
  try {
    list.sort(() => {
      throw new Error('no order');
    });
  } catch (error) {
    log.push((error as Error).message);
  }
  return { log, list };
}
