import { setTimeout as delay } from 'node:timers/promises';
export default async function main() {
  const log: unknown[] = [];
  const stop = (reason: unknown): Promise<unknown> => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => log.push(`aborted ${String(controller.signal.reason)}`));
    process.nextTick(() => controller.abort(reason));
    return delay(10_000, 'too late', { signal: controller.signal }).catch((error: Error) => [error.name, error.cause]);
  };
  log.push(await stop('enough'));
  log.push(await stop(42));
  return log;
}
