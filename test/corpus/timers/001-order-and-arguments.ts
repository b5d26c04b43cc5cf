export default async function main() {
  const log: unknown[] = [];
  await new Promise<void>((resolve) => {
    setTimeout((a: unknown, b: unknown) => { log.push('timer', a, b); resolve(); }, 1, 'a', { b: 1 });
    log.push('sync');
    queueMicrotask(() => log.push('microtask'));
  });
  return log;
}
