function* ids(prefix: string) {
  let n = 0;
  while (true) {
    const reset: unknown = yield `${prefix}${++n}`;
    if (reset === true) n = 0;
  }
}
const next = ids('a');
const started = ids('b');
started.next();
const source = ids('c');
const takeId = () => source.next().value as string;
const squares = [1, 2, 3, 4, 5].values().map((n) => n * n);

export default async function run() {
  const first = [next.next().value, started.next().value, takeId(), squares.next().value];
  await null;
  const second = [next.next().value, started.next(true).value, takeId(), squares.next().value];
  await null;
  return [first, second, next.next().value, started.next().value, takeId(), [...squares]];
}
