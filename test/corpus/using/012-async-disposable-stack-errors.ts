/** Rejections and exceptions of resources of an async stack; disposing twice at the same time; wrong receivers. */
export default async function main() {
  const log: string[] = [];
  const show = (error: any): unknown =>
    error instanceof SuppressedError ? [show(error.error), show(error.suppressed)] : error.message;
  const stack = new AsyncDisposableStack();
  stack.defer(() => {
    log.push('throws');
    throw new Error('thrown');
  });
  stack.use({
    [Symbol.dispose]() {
      log.push('sync throws');
      throw new Error('sync');
    },
  });
  stack.defer(async () => {
    await null;
    log.push('rejects');
    throw new Error('rejected');
  });
  stack.adopt(1, () => Promise.reject(new Error('adopted')));
  const both = await Promise.allSettled([stack.disposeAsync(), stack.disposeAsync()]);
  const results = both.map((result) => (result.status === 'fulfilled' ? String(result.value) : show(result.reason)));
  await null;
  for (const receiver of [{}, undefined, new DisposableStack()]) {
    try {
      await AsyncDisposableStack.prototype.disposeAsync.call(receiver as never);
      log.push('fine');
    } catch (error) {
      log.push(`${(error as Error).name} ${(error as Error).message}`);
    }
  }
  for (const act of [
    () => new AsyncDisposableStack().use({ [Symbol.asyncDispose]: 5 } as never),
    () => new AsyncDisposableStack().use({} as never),
    () => stack.use(null),
  ]) {
    try {
      log.push(String(act()));
    } catch (error) {
      log.push(`${(error as Error).name} ${(error as Error).message}`);
    }
  }
  return { log, results, disposed: stack.disposed };
}
