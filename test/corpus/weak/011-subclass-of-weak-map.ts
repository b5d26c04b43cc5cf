class Counter extends WeakMap<object, number> {
  label = 'counter';

  bump(key: object): number {
    const next = (this.get(key) ?? 0) + 1;
    this.set(key, next);
    return next;
  }
}

export default async function main() {
  const counter = new Counter();
  const key = {};
  counter.bump(key);
  await null;
  counter.bump(key);
  await null;
  return [counter.bump(key), counter.label, counter instanceof Counter, counter instanceof WeakMap];
}
