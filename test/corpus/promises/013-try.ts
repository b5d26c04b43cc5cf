export default async function main() {
  const log: unknown[] = [];
  log.push(await Promise.try((a: number, b: number) => a + b, 1, 2));
  log.push(await Promise.try(async () => { await null; return 'async'; }));
  await Promise.try(() => { throw new Error('sync throw'); }).catch((e: Error) => log.push(e.message));
  log.push(await Promise.try(() => Promise.resolve('promise')));
  return log;
}
