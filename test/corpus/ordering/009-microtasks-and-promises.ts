export default async function main() {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  queueMicrotask(() => {
    log.push('m1');
    queueMicrotask(() => log.push('m1.1'));
    void Promise.resolve().then(() => log.push('p in m1'));
  });
  void Promise.resolve().then(() => {
    log.push('p1');
    queueMicrotask(() => {
      log.push('m in p1');
      resolve();
    });
  });
  queueMicrotask(() => log.push('m2'));
  await promise;
  log.push('awaited');
  await undefined;
  return log;
}
