export default async function main() {
  const log: string[] = [];
  const after = (ms: number, x: string) => new Promise<void>((resolve) => setTimeout(() => { log.push(x); resolve(); }, ms));
  const long = after(40, 'long');
  const short = after(1, 'short');
  const cancelled = setTimeout(() => log.push('cancelled'), 5);
  await null;
  clearTimeout(cancelled);
  log.push('sync');
  await short;
  log.push('after short');
  await long;
  return log;
}
