export default async function main() {
  const log: unknown[] = [];
  for (const name of ['all', 'allSettled', 'race', 'any'] as const) {
    const p: Promise<unknown> = (Promise[name] as any)(5);
    log.push([name, await p.then(() => 'no', (e) => e.constructor.name)]);
    const throwing = { [Symbol.iterator]: () => ({ next() { throw new RangeError('next threw'); } }) };
    log.push(await (Promise[name] as any)(throwing).catch((e: Error) => e.message));
  }
  const order: string[] = [];
  const tracked = (x: string, fails = false) => ({ then(ok: any, no: any) { order.push(x); (fails ? no : ok)(x); } });
  log.push(await Promise.all([tracked('a'), tracked('b', true), tracked('c')] as any).catch((e) => `rejected ${e}`), await Promise.any([tracked('d', true), tracked('e')] as any), order);
  return log;
}
