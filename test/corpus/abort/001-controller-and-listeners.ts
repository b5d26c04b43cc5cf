export default async function main() {
  const log: unknown[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  signal.addEventListener('abort', (event) => log.push(['first', event.type, event.target === signal]));
  signal.onabort = () => log.push('on');
  signal.addEventListener('abort', () => log.push('last'), { once: true });
  await null;
  log.push(signal.aborted);
  controller.abort(new Error('stop'));
  controller.abort('again');
  await null;
  return { log, aborted: signal.aborted, reason: (signal.reason as Error).message, same: controller.signal === signal };
}
