function makeCounter(step: number) {
  let n = 0;
  return {
    up: () => (n += step),
    upLater: async () => {
      const before = n;
      await null;
      n += step;
      return [before, n];
    },
    reset() { n = 0; },
  };
}
export default async function main() {
  const a = makeCounter(1), b = makeCounter(10);
  await null;
  const log: unknown[] = [a.up(), b.up(), await a.upLater(), await b.upLater()];
  a.reset();
  await null;
  log.push(a.up(), b.up());
  return log;
}
