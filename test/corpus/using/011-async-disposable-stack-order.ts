/** disposeAsync takes as many turns as natively: sync and async methods, null, thenables, nothing at all. */
export default async function main() {
  const log: string[] = [];
  const clock = async () => {
    for (let turn = 0; turn < 14; turn++) {
      log.push(`turn ${turn}`);
      await null;
    }
  };
  const cases: Record<string, (stack: AsyncDisposableStack) => void> = {
    empty: () => {},
    null: (stack) => void stack.use(null),
    sync: (stack) => void stack.use({ [Symbol.dispose]: () => void log.push('sync') }),
    async: (stack) =>
      void stack.use({
        async [Symbol.asyncDispose]() {
          log.push('async');
          await null;
          log.push('async end');
        },
      }),
    thenable: (stack) =>
      stack.defer(
        () => ({ then: (done: () => void) => (log.push('then'), done()) }) as unknown as PromiseLike<void>,
      ),
    plain: (stack) => stack.adopt('v', (value) => void log.push(`adopted ${value}`)) as never,
    mixed: (stack) => {
      stack.use(null);
      stack.defer(() => void log.push('one'));
      stack.use(undefined);
      stack.use({ [Symbol.dispose]: async () => log.push('not awaited') } as never);
      stack.defer(async () => void log.push('two'));
      stack.use(null);
    },
  };
  for (const [name, fill] of Object.entries(cases)) {
    log.push(`case ${name}`);
    const stack = new AsyncDisposableStack();
    fill(stack);
    const done = stack.disposeAsync().then((value) => log.push(`done ${String(value)}`));
    log.push(`called ${stack.disposed}`);
    await Promise.all([clock(), done]);
  }
  return log;
}
