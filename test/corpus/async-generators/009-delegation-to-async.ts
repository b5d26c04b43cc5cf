async function* inner(log: string[]): AsyncGenerator<string, string, string> {
  try {
    const a = yield 'i1';
    log.push(`a ${a}`);
    const b = yield 'i2';
    log.push(`b ${b}`);
    return 'inner result';
  } finally {
    await null;
    log.push('inner finally');
  }
}
async function* outer(log: string[]): AsyncGenerator<string, string, string> {
  try {
    const result = yield* inner(log);
    yield `got ${result}`;
  } catch (error) {
    log.push(`outer caught ${(error as Error).message}`);
    yield 'recovered';
  } finally {
    log.push('outer finally');
  }
  return 'outer result';
}

export default async function main() {
  const log: string[] = [];
  const results: unknown[] = [];
  const a = outer(log);
  for (const value of ['lost', 'A', 'B', 'C', 'D']) results.push(await a.next(value));
  const b = outer(log);
  await b.next('');
  results.push(await b.return('cut'), await b.next(''));
  const c = outer(log);
  await c.next('');
  results.push(await c.throw(new Error('thrown in')), await c.next(''), await c.next(''));
  return { results, log };
}
