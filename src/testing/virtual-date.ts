/** `Date` as a script under test sees it: the time now is that of a virtual clock. */

/**
 * The same constructor in all else: what it makes are ordinary dates, `instanceof` holds, classes can extend it.
 * @param now milliseconds since the epoch
 */
export function virtualDate(now: () => number): DateConstructor {
  const proxy: DateConstructor = new Proxy(Date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === proxy ? target : newTarget,
      ) as Date,
    apply: () => new Date(now()).toString(),
    get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
  });
  return proxy;
}
