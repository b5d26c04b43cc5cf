import { setTimeout as delay } from 'node:timers/promises';
import { once, EventEmitter } from 'node:events';

export default async function main() {
  const controller = new AbortController();
  const { signal } = controller;
  await null;
  controller.abort('stopped');
  const results = [];
  for (const attempt of [() => delay(1000, 'late', { signal }), () => once(new EventEmitter(), 'x', { signal })]) {
    try {
      results.push(await attempt());
    } catch (error: any) {
      results.push([error.name, error.code, error.cause]);
    }
  }
  return results;
}
