/** What flatMap accepts from its function: no strings, but String objects, iterators and iterables. */
export default async function main() {
  const log: unknown[] = [];
  const given: unknown[] = [
    ['list'],
    new String('ab'),
    'text',
    5,
    undefined,
    { next: () => ({ done: true }) },
    {},
    { [Symbol.iterator]: 5 },
    { [Symbol.iterator]: () => 5 },
    { [Symbol.iterator]: null, next: () => ({ done: true, value: 1 }) },
    new Uint8Array([7, 8]),
    new Map([['k', 'v']]).values(),
  ];
  for (const value of given) {
    let closed = 0;
    const source = {
      __proto__: Iterator.prototype,
      left: 1,
      next() {
        return { value: 0, done: this.left-- === 0 };
      },
      return: () => (closed++, {}),
    } as unknown as IteratorObject<number>;
    const helper = source.flatMap(() => value as never);
    const results: unknown[] = [];
    try {
      for (let result = helper.next(); !result.done; result = helper.next()) {
        results.push(result.value);
        await null;
      }
      log.push([results, closed]);
    } catch (error) {
      log.push([(error as Error).constructor.name, closed]);
    }
  }
  return log;
}
