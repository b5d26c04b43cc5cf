function makeSource(log: unknown[]) {
  let n = 0;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next(value: unknown) {
      log.push(['next', value]);
      return n++ < 2 ? { value: Promise.resolve(`v${n}`), done: false } : Promise.resolve({ value: 'end', done: true });
    },
    async return(value: unknown) {
      log.push(['return', value]);
      return { value: `r:${String(value)}`, done: value !== 'stay' };
    },
    throw(error: unknown) {
      log.push(['throw', error]);
      return { value: 'swallowed', done: error === 'finish' };
    },
  };
}

async function* outer(log: unknown[]): AsyncGenerator<unknown, unknown, unknown> {
  const result: unknown = yield* makeSource(log) as unknown as AsyncIterable<unknown>;
  log.push(['result', result]);
  return 'outer end';
}

const show = (result: IteratorResult<unknown>) => [typeof (result.value as PromiseLike<unknown>)?.then, result.done];

export default async function main() {
  const log: unknown[] = [];
  const a = outer(log);
  log.push(show(await a.next('lost')));
  log.push(await a.throw('keep'));
  log.push(await a.return('stay'));
  log.push(show(await a.next('x')), await a.next('y'));
  const b = outer(log);
  await b.next();
  log.push(await b.return('go'));
  const c = outer(log);
  await c.next();
  log.push(await c.throw('finish'));
  return log;
}
