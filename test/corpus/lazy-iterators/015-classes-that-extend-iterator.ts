/** A tree of classes over Iterator: super, overridden helpers, static methods, private state, Symbol.dispose. */
abstract class Base<T> extends Iterator<T> {
  abstract next(): IteratorResult<T>;
  closed = false;
  return(): IteratorResult<T> {
    this.closed = true;
    return { value: undefined, done: true };
  }
}
class Range extends Base<number> {
  #at: number;
  constructor(
    from: number,
    readonly to: number,
  ) {
    super();
    this.#at = from;
  }
  next(): IteratorResult<number> {
    return this.#at < this.to ? { value: this.#at++, done: false } : { value: undefined, done: true };
  }
  override map<U>(mapper: (value: number, index: number) => U): IteratorObject<U, undefined, unknown> {
    return super.map((value, index) => mapper(value + 1000, index));
  }
}
export default async function main() {
  const range = new Range(1, 6);
  const mapped = range.map((value, index) => value + index);
  const log: unknown[] = [mapped.next().value];
  await null;
  log.push(mapped.next().value, [...range.take(2)]);
  await null;
  {
    using inner = new Range(0, 3);
    log.push(inner.next().value);
    await null;
    log.push(inner.closed);
    range[Symbol.dispose]!();
  }
  await null;
  return {
    log,
    closed: range.closed,
    instance: [range instanceof Range, range instanceof Base, range instanceof Iterator, mapped instanceof Base],
    from: Range.from === Iterator.from,
    fromRange: Range.from([1, 2]).toArray(),
    name: Range.name,
    proto: Object.getPrototypeOf(Base) === Iterator,
  };
}
