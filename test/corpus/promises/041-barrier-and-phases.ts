/** Three workers meet after each phase. */
export default async function main() {
  const log: string[] = [];
  const barrier = (count: number): (() => Promise<void>) => {
    let waiting = 0;
    let gate = Promise.withResolvers<void>();
    return async () => {
      const mine = gate;
      waiting += 1;
      if (waiting === count) {
        waiting = 0;
        gate = Promise.withResolvers<void>();
        mine.resolve();
      }
      await mine.promise;
    };
  };
  const meet = barrier(3);
  const worker = async (name: string, ticks: number): Promise<void> => {
    for (let phase = 0; phase < 3; phase++) {
      for (let tick = 0; tick < ticks; tick++) await null;
      log.push(`${name}${phase}`);
      await meet();
    }
  };
  await Promise.all([worker('a', 1), worker('b', 3), worker('c', 2)]);
  return log;
}
