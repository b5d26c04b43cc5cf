const memo = <A extends unknown[], R>(fn: (...args: A) => R, key: (...args: A) => unknown = (...args) => args.join()) => {
  const known = new Map<unknown, R>();
  let hits = 0;
  return Object.assign(
    (...args: A): R => {
      const at = key(...args);
      if (known.has(at)) {
        hits++;
        return known.get(at)!;
      }
      const value = fn(...args);
      known.set(at, value);
      return value;
    },
    { forget: () => known.clear(), view: () => [known.size, hits] as const },
  );
};
const curry =
  (fn: (...args: number[]) => unknown, ...given: number[]): any =>
  (...more: number[]) =>
    given.length + more.length >= fn.length ? fn(...given, ...more) : curry(fn, ...given, ...more);
const pipe =
  <T>(...fns: ((value: T) => T | Promise<T>)[]) =>
  async (value: T): Promise<T> => {
    for (const fn of fns) value = await fn(value);
    return value;
  };
const once = <T>(fn: () => T) => {
  let done = false;
  let value: T;
  return () => (done ? value : ((done = true), (value = fn())));
};
export default async function run() {
  let computed = 0;
  const square = memo(async (n: number) => {
    computed++;
    await null;
    return n * n;
  });
  const squares = await Promise.all([3, 4, 3, 3].map(square));
  await null;
  const again = await square(4);
  const before = square.view();
  square.forget();
  await square(4);
  const volume = curry((a: number, b: number, c: number) => `${a}x${b}x${c}`);
  const flat = volume(1)(2);
  await null;
  const results = [flat(3), flat(4), volume(5, 6)(7), volume(8)(9, 10, 11)];
  let starts = 0;
  const start = once(async () => `started ${++starts}`);
  const [s1, s2] = [start(), start()];
  await null;
  const both = [await s1, s1 === s2, await start()];
  const through = await pipe<number>((n) => n + 1, async (n) => (await n) * 2, (n) => -n)(4);
  const deep = memo((n: number): bigint => (n < 2 ? BigInt(n) : deep(n - 1) + deep(n - 2)));
  await null;
  return [squares, again, computed, before, square.view(), results, both, through, deep(90), deep.view()];
}
