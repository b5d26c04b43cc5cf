export default async function main() {
  const log: unknown[] = [];
  const source = (withReturn: boolean) => ({
    [Symbol.iterator]: () => ({
      next: () => ({ value: 1, done: false }),
      ...(withReturn
        ? {
            return: () => {
              log.push('closed');
              return {};
            },
          }
        : {}),
    }),
  });
  function* outer(withReturn: boolean): Generator<unknown, unknown, unknown> {
    try {
      return yield* source(withReturn) as Iterable<unknown>;
    } catch (error) {
      log.push((error as Error).constructor.name);
      return yield 'recovered';
    }
  }
  for (const withReturn of [true, false]) {
    const it = outer(withReturn);
    it.next();
    await null;
    log.push(it.throw(new Error('x')));
    await null;
    log.push(it.next('end'));
    const other = outer(withReturn);
    other.next();
    await null;
    log.push(other.return('given'));
  }
  return log;
}
