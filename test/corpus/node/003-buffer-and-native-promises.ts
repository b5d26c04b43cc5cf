import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
const later = promisify((x: number, done: (e: Error | null, r: number) => void) => setImmediate(done, null, x * 2));
export default async function main() {
  const log: unknown[] = [Buffer.from('text').toString('base64')];
  log.push(await later(21));
  log.push(await delay(1, 'delayed'));
  return log;
}
