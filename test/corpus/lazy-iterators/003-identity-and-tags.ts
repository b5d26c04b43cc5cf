/** Prototype chains, instanceof and tags of iterators and helpers. */
class Own extends Iterator<number> {
  next(): IteratorResult<number> {
    return { value: 1, done: false };
  }
}
export default async function main() {
  const live = [1].values();
  const helper = live.map((value) => value);
  const own = new Own();
  const wrapped = Iterator.from({ next: () => ({ value: 1, done: false }) });
  const plain = { __proto__: Iterator.prototype, next: () => ({ value: 7, done: false }) } as unknown as Own;
  await null;
  const tag = (value: unknown) => Object.prototype.toString.call(value);
  const base = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  await null;
  const errors: string[] = [];
  for (const make of [
    () => new (Iterator as unknown as new () => unknown)(),
    () => (Iterator as unknown as () => unknown)(),
    () => Iterator.prototype.map.call(5 as never, (value: unknown) => value),
    () => [1].values().map(undefined as never),
    () => [1].values().take(-1),
    () => [1].values().drop(NaN),
    () => ([] as number[]).values().reduce((a, b) => a + b),
    () => Iterator.from(5 as never),
    () => [1].values().flatMap(() => 5 as never).next(),
  ]) {
    try {
      make();
      errors.push('none');
    } catch (error) {
      errors.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
    await null;
  }
  return {
    tags: [live, helper, own, wrapped, plain, new Map().keys(), new Set().values(), ''[Symbol.iterator]()].map(tag),
    instances: [live, helper, own, wrapped, plain, {}, null].map((value) => (value as object) instanceof Iterator),
    ownInstances: [own, live, helper].map((value) => value instanceof Own),
    base: base === Iterator.prototype,
    helperBase: Object.getPrototypeOf(Object.getPrototypeOf(helper)) === Iterator.prototype,
    wrappedBase: Object.getPrototypeOf(Object.getPrototypeOf(wrapped)) === Iterator.prototype,
    ownBase: Object.getPrototypeOf(Own.prototype) === Iterator.prototype,
    self: helper[Symbol.iterator]() === helper,
    same: Iterator.from(live) === live,
    constructor: Iterator.prototype.constructor === Iterator,
    taken: [plain.take(2).toArray(), own.take(1).toArray()],
    errors,
    names: [Iterator.name, Iterator.length, Iterator.prototype.map.name, Iterator.prototype.take.length],
  };
}
