/** The same variables at one yield after the other, other ones in the same number, values of other kinds, and parameters that are assigned. */
function* sameVariables(a: unknown, b: unknown) {
  yield [a, b];
  [a, b] = [b, a];
  yield [a, b];
  b = { a };
  yield [a, b];
  return [a, b];
}

function* otherVariables(first: number) {
  const second = first * 1.5;
  yield second;
  const third = `${second}!`;
  const fourth = [third];
  yield first + second;
  yield fourth.concat(third);
  {
    const fifth = { third };
    const sixth = new Map([[fifth, fourth]]);
    yield sixth.get(fifth);
    yield [fifth, sixth.size];
  }
  return 'over';
}

function* defaults(n = 2, ...rest: number[]) {
  for (let i = 0; i < 3; i++) {
    yield n;
    n = n * 2 + rest.length;
    rest = [...rest, i];
  }
  return rest;
}

function* kinds() {
  let value: unknown = 1;
  let before: unknown;
  for (let turn = 0; turn < 6; turn++) {
    yield { value, before, turn };
    before = value;
    value = [0.5, 'text', { turn }, undefined, -0, 10n][turn];
  }
}

function* perRound() {
  const makers: (() => number)[] = [];
  for (let i = 0; i < 3; i++) {
    const square = i * i;
    yield square;
    makers.push(() => square + i++);
    yield makers.length;
  }
  for (const make of makers) yield make() * 10 + make();
}

function* withItself(): Generator<unknown, string, Generator> {
  const me = yield 'who';
  let caught = 'nothing';
  try {
    me.next(me);
  } catch (error) {
    caught = (error as Error).message;
  }
  yield caught;
  return caught + '?';
}

function* argumentsToo(a: number, b: number) {
  yield arguments.length + a;
  a = 7;
  b += a;
  yield [arguments[0], a, b];
}

async function turnByTurn(log: unknown[], ...all: Iterator<unknown>[]) {
  for (let left = all; left.length > 0; ) {
    const open: Iterator<unknown>[] = [];
    for (const it of left) {
      const step = it.next();
      log.push(step);
      if (!step.done) open.push(it);
      await null;
    }
    left = open;
  }
}

export default async function main() {
  const log: unknown[] = [];
  await turnByTurn(log, sameVariables(1, 2), sameVariables('x', [3]), sameVariables(0.25, null));
  await turnByTurn(log, otherVariables(1), otherVariables(4));
  await turnByTurn(log, defaults(), defaults(5, 1, 1), defaults(undefined, 9));
  await turnByTurn(log, kinds(), perRound(), argumentsToo(1, 2));
  const self = withItself();
  log.push(self.next().value);
  await null;
  log.push(self.next(self));
  await null;
  log.push(self.next());
  const early = sameVariables('early', 'end');
  early.next();
  await null;
  log.push(early.return([]), early.next());
  return log;
}
