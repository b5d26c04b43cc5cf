export default async function main() {
  const log: unknown[] = [];
  {
    const undefined = await 'not undefined';
    const NaN = 1;
    const Promise = { resolve: () => 'my own Promise' };
    const Symbol = await 'S';
    await null;
    log.push(undefined, NaN, Promise.resolve(), Symbol, void 0);
  }
  log.push(undefined, typeof Promise);
  const setTimeout = (f: () => void) => f();
  setTimeout(() => log.push('called at once'));
  await null;
  return log;
}
