export default async function main() {
  const log: unknown[] = [];
  log.push(await Promise.resolve('kept').finally(() => { log.push('f1'); return 'ignored'; }));
  try {
    await Promise.reject(new Error('kept error')).finally(async () => { await null; log.push('f2'); });
  } catch (e: any) {
    log.push(e.message);
  }
  try {
    await Promise.resolve(1).finally(() => { throw new Error('from finally'); });
  } catch (e: any) {
    log.push(e.message);
  }
  return log;
}
