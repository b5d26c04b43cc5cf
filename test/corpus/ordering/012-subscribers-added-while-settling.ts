/** Reactions added by reactions: to the same promise, before and after it settles. */
export default async function main() {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  const add = (depth: number): void => {
    void promise.then((n) => {
      log.push(`depth ${depth} got ${n}`);
      if (depth < 3) add(depth + 1);
      log.push(`after ${depth}`);
    });
  };
  add(0);
  add(10);
  await null;
  resolve(7);
  add(20);
  log.push('resolved');
  for (let tick = 0; tick < 6; tick++) await null;
  return log;
}
