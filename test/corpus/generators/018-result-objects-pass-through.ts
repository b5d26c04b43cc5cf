export default async function main() {
  const results = [Object.freeze({ value: 'a', done: false, mark: 1 }), { done: 0, value: 'b' }, { get value() { return 'c'; }, done: '' }];
  const iterable = {
    [Symbol.iterator]() {
      const left = [...results];
      return { next: () => left.shift() ?? { done: true, value: 'over' } };
    },
  };
  function* outer() {
    const value: unknown = yield* iterable as Iterable<unknown>;
    yield value;
  }
  const it = outer();
  const same: unknown[] = [];
  for (const expected of results) {
    same.push((it.next() as unknown) === expected);
    await null;
  }
  return { same, last: it.next(), end: it.next() };
}
