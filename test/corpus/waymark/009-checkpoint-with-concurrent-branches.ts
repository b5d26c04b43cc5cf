import { checkpoint } from 'waymark';
export default async function main() {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiter = (async () => { log.push(`waiter got ${await promise}`); return 'waited'; })();
  await checkpoint();
  resolve('the value');
  log.push(await waiter);
  return log;
}
