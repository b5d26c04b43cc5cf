function* numbers(log: string[]): Generator<unknown, string> {
  try {
    yield 1;
    yield Promise.resolve(2);
    yield 3;
  } finally {
    log.push('sync finally');
  }
  return 'sync result';
}

async function* outer(log: string[]): AsyncGenerator<unknown> {
  const result: unknown = yield* numbers(log) as Iterable<unknown>;
  yield result;
  yield* [Promise.resolve('p'), 'q'];
  yield* 'xy';
  yield* new Map([[1, 2]]);
}

export default async function main() {
  const log: string[] = [];
  const seen: unknown[] = [];
  const it = outer(log);
  for (let step = await it.next(); !step.done; step = await it.next()) seen.push(step.value);
  const cut = outer(log);
  seen.push(await cut.next(), await cut.return('R'), await cut.next());
  const thrown = outer(log);
  await thrown.next();
  try {
    await thrown.throw(new Error('E'));
  } catch (error) {
    seen.push((error as Error).message);
  }
  return { seen, log };
}
