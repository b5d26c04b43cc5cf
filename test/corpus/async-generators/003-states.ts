async function* steps(log: string[]) {
  log.push('begin');
  const a: unknown = yield 'one';
  log.push(`a=${String(a)}`);
  const b: unknown = yield 'two';
  log.push(`b=${String(b)}`);
  return 'done';
}

export default async function main() {
  const log: string[] = [];
  const fresh = steps(log);
  const first = steps(log);
  const ended = steps(log);
  const failed = steps(log);
  await first.next();
  await ended.return('early');
  await failed.throw(new Error('x')).catch((error: Error) => log.push(error.message));
  await null;
  const results: unknown[] = [await fresh.next('ignored'), await first.next('p'), await ended.next('z'), await failed.next()];
  results.push(await fresh.next(1), await first.next(2));
  results.push(await fresh.next(3), await first.next(4));
  await ended.throw(new RangeError('late')).catch((error: Error) => log.push(error.message));
  results.push(await ended.return(Promise.resolve('awaited') as never));
  return { results, log };
}
