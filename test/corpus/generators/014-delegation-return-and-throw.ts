function* inner(log: string[]): Generator<number, string> {
  try {
    yield 1;
    yield 2;
  } catch (error) {
    log.push(`inner caught ${(error as Error).message}`);
    yield 3;
    return 'handled';
  } finally {
    log.push('inner finally');
  }
  return 'normal';
}

function* outer(log: string[]): Generator<number, string> {
  try {
    const result = yield* inner(log);
    log.push(`outer got ${result}`);
    yield 9;
    return result;
  } finally {
    log.push('outer finally');
  }
}

export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  const a = outer(log);
  results.push(a.next());
  await null;
  results.push(a.throw(new Error('bang')));
  await null;
  results.push(a.next(), a.next());
  const b = outer(log);
  b.next();
  await null;
  results.push(b.return('R'), b.next());
  return { results, log };
}
