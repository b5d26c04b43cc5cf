const log: string[] = [];
function memoise<A, R>(fn: (a: A) => R): ((a: A) => R) & { size(): number } {
  const known = new Map<A, R>();
  const memoised = (a: A): R => {
    if (!known.has(a)) known.set(a, fn(a));
    return known.get(a)!;
  };
  return Object.assign(memoised, { size: () => known.size });
}
const once = <R>(fn: () => R): (() => R) => {
  let done = false;
  let value: R;
  return () => {
    if (!done) {
      done = true;
      value = fn();
    }
    return value;
  };
};
const square = memoise((n: number) => {
  log.push(`square ${n}`);
  return n * n;
});
const setup = once(() => {
  log.push('setup');
  return { started: true };
});

export default async function run() {
  const first = setup();
  const results = [square(3), square(4)];
  await null;
  results.push(square(3), square(5));
  await null;
  results.push(square(5), square.size());
  return [results, setup() === first, log];
}
