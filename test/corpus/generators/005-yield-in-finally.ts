function* slow(log: string[]) {
  try {
    yield 'body';
    log.push('not reached');
  } finally {
    log.push('before cleanup');
    const answer: unknown = yield 'cleanup';
    log.push(`after cleanup ${String(answer)}`);
  }
}

export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  const returned = slow(log);
  results.push(returned.next());
  await null;
  results.push(returned.return('value' as never));
  await null;
  results.push(returned.next('go'), returned.next());

  const thrown = slow(log);
  thrown.next();
  await null;
  results.push(thrown.throw(new Error('lost?')));
  await null;
  try {
    thrown.next('again');
  } catch (error) {
    results.push((error as Error).message);
  }

  const twice = slow(log);
  twice.next();
  results.push(twice.return('first' as never));
  await null;
  results.push(twice.return('second' as never), twice.next());
  return { results, log };
}
