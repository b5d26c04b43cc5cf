export default async function main() {
  let total = 0;
  const history: number[] = [];
  function* adder(): Generator<number, void, number> {
    for (;;) {
      const n = yield total;
      total += n;
      history.push(n);
    }
  }
  const reset = () => {
    total = 0;
  };
  const a = adder();
  const b = adder();
  a.next();
  b.next();
  await null;
  const seen = [a.next(5).value, b.next(7).value];
  await null;
  reset();
  seen.push(a.next(1).value, b.next(2).value);
  await null;
  return { seen, total, history };
}
