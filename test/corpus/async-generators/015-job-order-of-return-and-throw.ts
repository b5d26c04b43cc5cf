async function* source(log: string[]) {
  try {
    yield 1;
    yield 2;
  } catch (error) {
    log.push(`caught ${String(error)}`);
    yield 'c';
  } finally {
    log.push('finally');
  }
}

export default async function main() {
  const log: string[] = [];
  const ticks = async () => {
    for (let n = 0; n < 16; n++) {
      log.push(`t${n}`);
      await null;
    }
  };
  const then = (name: string, promise: Promise<IteratorResult<unknown>>) =>
    promise.then(
      (result) => log.push(`${name} ${JSON.stringify(result)}`),
      (error: unknown) => log.push(`${name} failed ${String(error)}`),
    );
  const fresh = source(log);
  const running = source(log);
  const thrown = source(log);
  const ended = source(log);
  await ended.return(undefined);
  await running.next();
  await thrown.next();
  const waits = [
    ticks(),
    then('fresh return', fresh.return(Promise.resolve('a') as never)),
    then('fresh next', fresh.next()),
    then('running return', running.return(Promise.resolve('b') as never)),
    then('running return 2', running.return('b2' as never)),
    then('running throw', running.throw('b3')),
    then('thrown throw', thrown.throw('c')),
    then('thrown next', thrown.next()),
    then('ended return', ended.return('d' as never)),
    then('ended throw', ended.throw('e')),
    then('ended next', ended.next()),
  ];
  await Promise.all(waits);
  return log;
}
