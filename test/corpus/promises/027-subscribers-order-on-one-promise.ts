export default async function main() {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  promise.then(() => log.push('then 1'));
  const a = (async () => { await promise; log.push('await 2'); })();
  promise.finally(() => log.push('finally 3'));
  const b = (async () => { await promise; log.push('await 4'); })();
  await null;
  resolve(1);
  promise.then(() => log.push('then 5'));
  await Promise.all([a, b]);
  await null;
  return log;
}
