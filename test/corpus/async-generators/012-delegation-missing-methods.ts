const bare = (log: string[], closing: unknown) => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => ({ value: 1, done: false }),
    ...(closing === undefined
      ? {}
      : {
          return() {
            log.push('closing');
            return closing;
          },
        }),
  }),
});

export default async function main() {
  const log: string[] = [];
  async function* outer(closing: unknown): AsyncGenerator<unknown, unknown, unknown> {
    try {
      return yield* bare(log, closing) as AsyncIterable<unknown>;
    } catch (error) {
      log.push(`${(error as Error).constructor.name} ${(error as Error).message === 'close fails'}`);
      return 'recovered';
    }
  }
  const results: unknown[] = [];
  for (const make of [() => undefined, () => Promise.resolve({}), () => 5, () => Promise.reject(new Error('close fails'))]) {
    const thrown = outer(make());
    await thrown.next();
    results.push(await thrown.throw(new Error('in')));
  }
  const returned = outer(undefined);
  await returned.next();
  results.push(await returned.return(Promise.resolve('unwrapped')));
  return { results, log };
}
