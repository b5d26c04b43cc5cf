function makeIterator(log: unknown[]) {
  let n = 0;
  return {
    next(value: unknown) {
      log.push(['next', value]);
      return n++ < 2 ? { value: `v${n}`, done: false, extra: 'seen' } : { value: 'end', done: true };
    },
    return(value: unknown) {
      log.push(['return', value]);
      return { value: `r:${String(value)}`, done: value !== 'stay' };
    },
    throw(error: unknown) {
      log.push(['throw', error]);
      return { value: 'swallowed', done: error === 'finish' };
    },
    [Symbol.iterator]() {
      return this;
    },
  };
}

function* outer(log: unknown[]): Generator<unknown, unknown, unknown> {
  const result: unknown = yield* makeIterator(log) as unknown as Iterable<unknown>;
  log.push(['result', result]);
  return 'outer end';
}

export default async function main() {
  const log: unknown[] = [];
  const a = outer(log);
  log.push(a.next('lost'));
  await null;
  log.push(a.throw('keep going'));
  await null;
  log.push(a.return('stay'));
  await null;
  log.push(a.next('x'), a.next('y'));
  const b = outer(log);
  b.next();
  await null;
  log.push(b.return('go'));
  const c = outer(log);
  c.next();
  await null;
  log.push(c.throw('finish'));
  return log;
}
