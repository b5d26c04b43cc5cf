/** Errors of several resources are wrapped in SuppressedErrors; the rest is disposed all the same. */
export default async function main() {
  const log: string[] = [];
  const fail = (name: string) => () => {
    log.push(name);
    throw new Error(name);
  };
  const show = (error: any): unknown =>
    error instanceof SuppressedError ? [error.message, show(error.error), show(error.suppressed)] : error.message;
  const stack = new DisposableStack();
  stack.defer(fail('a'));
  stack.use({ [Symbol.dispose]: () => log.push('fine') });
  stack.adopt('value', fail('b'));
  stack.defer(fail('c'));
  await null;
  const errors: unknown[] = [];
  try {
    stack.dispose();
  } catch (error) {
    errors.push(show(error));
  }
  await null;
  try {
    using inner = new DisposableStack();
    inner.defer(fail('d'));
    await null;
    throw new Error('body');
  } catch (error) {
    errors.push(show(error));
  }
  return { errors, log, disposed: stack.disposed };
}
