export default async function main() {
  let total = 0;
  const log: number[] = [];
  const adder = async function* (this: unknown, step: number): AsyncGenerator<number, void, number> {
    for (;;) {
      const n = yield total;
      await null;
      total += n * step;
      log.push(total);
    }
  };
  const a = adder(1);
  const b = adder(10);
  await a.next();
  await b.next();
  const both = await Promise.all([a.next(1), b.next(2), a.next(3), b.next(4)]);
  return { both: both.map((r) => r.value), total, log, proto: Object.getPrototypeOf(a) === adder.prototype };
}
