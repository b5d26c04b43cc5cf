export default async function main() {
  const log: string[] = [];
  const failing = (async () => { await null; await null; throw new Error('handled in time'); })();
  const other = async () => { log.push('other work'); };
  await other();
  try {
    await failing;
  } catch (e: any) {
    log.push(e.message);
  }
  const early = Promise.reject(new Error('early'));
  early.catch((e: Error) => log.push(e.message));
  await null;
  await null;
  return log;
}
