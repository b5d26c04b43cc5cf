import { setImmediate as immediate, setTimeout as timeout } from 'node:timers';
export default async function main() {
  const log: string[] = [];
  await new Promise<void>((resolve) => {
    timeout(() => {
      log.push('timeout');
      process.nextTick(
        (a: number, b: number) => {
          log.push(`tick ${a + b}`);
          immediate((text: string) => {
            log.push(text);
            resolve();
          }, 'immediate');
        },
        1,
        2,
      );
    }, 1);
  });
  log.push('after');
  await null;
  return log;
}
