class Own extends Promise<number> {}
/** Plain promises, promises with their own `then`, subclasses, thenables and values in one call. */
export default async function main() {
  const log: string[] = [];
  const withThen = (n: number): Promise<number> => {
    const p = Promise.resolve(n);
    // oxlint-disable-next-line unicorn/no-thenable -- it is one
    p.then = function (this: Promise<number>, done: never, fail: never) {
      log.push(`then ${n}`);
      return Promise.prototype.then.call(this, done, fail);
    } as never;
    return p;
  };
  const elements = (): unknown[] => [
    Promise.resolve(1),
    withThen(2),
    Own.resolve(3),
    { then: (go: (v: number) => void) => go(4) },
    5,
    (async () => 6)(),
  ];
  log.push(JSON.stringify(await Promise.all(elements())));
  log.push(JSON.stringify(await Promise.allSettled([...elements(), Promise.reject(7)])));
  log.push(String(await Promise.any([Promise.reject(0), withThen(8)])));
  log.push(String(await Promise.race([withThen(9), 10])));
  log.push(JSON.stringify(await Own.all(elements())));
  return log;
}
