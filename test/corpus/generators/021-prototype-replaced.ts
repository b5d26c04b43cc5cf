export default async function main() {
  function* counted() {
    yield this === undefined;
  }
  const before = counted();
  const original = counted.prototype;
  const extended = Object.create(original) as { double(this: Iterator<number>): number };
  extended.double = function () {
    return (this.next().value as number) * 2;
  };
  (counted as { prototype: unknown }).prototype = extended;
  const after = counted();
  await null;
  (counted as { prototype: unknown }).prototype = null;
  const fallback = counted();
  await null;
  return [
    Object.getPrototypeOf(before) === original,
    Object.getPrototypeOf(after) === extended,
    before instanceof Iterator,
    Object.getPrototypeOf(fallback) === Object.getPrototypeOf(original),
    (after as unknown as typeof extended).double.call([5][Symbol.iterator]()),
    [before.next(), after.next(), fallback.next()],
    counted.prototype,
  ];
}
