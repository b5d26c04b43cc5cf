/** Wrappers that count, cache, limit and name what they wrap; each keeps its own variables. */
const order: string[] = [];
const counted = <A extends unknown[], R>(fn: (...args: A) => R) => {
  let count = 0;
  return Object.assign((...args: A): R => (count++, fn(...args)), { count: () => count });
};
const limited = <A extends unknown[], R>(max: number, fn: (...args: A) => Promise<R>) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (...args: A): Promise<R> => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await fn(...args);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
};
const named = (name: string) => (fn: (n: number) => number) => ({ [name]: (n: number) => (order.push(`${name}(${n})`), fn(n)) })[name]!;
const double = counted(named('double')((n) => n * 2));
const slow = limited(2, async (n: number) => {
  order.push(`start ${n}`);
  await null;
  await null;
  order.push(`end ${n}`);
  return double(n);
});

export default async function run() {
  const first = await Promise.all([slow(1), slow(2), slow(3), slow(4)]);
  const again = await slow(5);
  return [first, again, double.count(), order, double(21), double.count()];
}
