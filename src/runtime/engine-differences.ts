/** What engines of different age do differently in iterators: found out once, so that durable ones do as the native ones here. */

/** Whether a helper that was begun counts as running while it closes what is underneath. */
export const RUNS_WHILE_CLOSING = ((): boolean => {
  let isRunning = false;
  const underneath = {
    __proto__: globalThis.Iterator.prototype,
    next: () => ({ done: false, value: undefined }),
    return() {
      try {
        helper.next();
      } catch {
        isRunning = true;
      }
      return {};
    },
  } as unknown as IteratorObject<unknown>;
  const helper = underneath.map(String);
  helper.next();
  helper.return!();
  return isRunning;
})();

/** Whether `Iterator.concat` closes an iterator whose `next` has failed. */
export const CONCAT_CLOSES_FAILED = ((): boolean => {
  const { concat } = globalThis.Iterator as { concat?: (...items: unknown[]) => Iterator<unknown> };
  if (concat === undefined) return false;
  let isClosed = false;
  const failing = {
    next() {
      throw new Error('the engine is asked what it does then');
    },
    return() {
      isClosed = true;
      return {};
    },
  };
  try {
    Reflect.apply(concat, globalThis.Iterator, [{ [Symbol.iterator]: () => failing }]).next();
  } catch {
    // This is how it ends in any case.
  }
  return isClosed;
})();
