export default async function main() {
  const log: string[] = [];
  const cancelled = setImmediate(() => log.push('must not run'));
  const done = new Promise<void>((resolve) => setImmediate((x: string) => { log.push(x); resolve(); }, 'immediate'));
  clearImmediate(cancelled);
  Promise.resolve().then(() => log.push('microtask'));
  log.push('sync');
  await done;
  return log;
}
