/** Cases that yield, delegate and return inside a generator that is driven from an async function. */
function* steps(kind: string): Generator<string, string, number> {
  let sum = 0;
  switch (kind) {
    case 'delegate':
      sum += (yield* steps('leaf')).length;
    // falls through
    case 'pair': {
      const a = yield `a ${sum}`;
      const b = yield `b ${a}`;
      sum += a * b;
      break;
    }
    case 'leaf':
      return `leaf ${yield 'in leaf'}`;
    default:
      try {
        yield 'default';
      } finally {
        sum = -1;
      }
  }
  return `${kind} ${sum}`;
}
export default async function main() {
  const log: unknown[] = [];
  for (const kind of ['pair', 'delegate', 'leaf', 'other']) {
    const run = steps(kind);
    let step = run.next();
    for (let n = 2; !step.done; n++) {
      log.push(step.value);
      await null;
      step = run.next(n);
    }
    log.push(['result', step.value]);
  }
  return log;
}
