function* range(from: number, to: number): Generator<number> {
  for (let n = from; n < to; n++) yield n;
}
Object.assign(range.prototype, {
  total(this: Iterable<number>) {
    let sum = 0;
    for (const n of this) sum += n;
    return sum;
  },
});

export default async function main() {
  function* squares(from: number, to: number): Generator<number> {
    for (const n of range(from, to)) yield n * n;
  }
  squares.prototype.first = function (this: Iterator<number>) {
    return this.next().value;
  };
  const a = range(1, 5) as Generator<number> & { total(): number };
  const b = squares(3, 6) as Generator<number> & { first(): number };
  a.next();
  await null;
  const first = b.first();
  await null;
  return [a.total(), first, [...b], 'first' in b, Object.keys(squares.prototype as object)];
}
