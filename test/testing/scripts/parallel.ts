/** Two branches that make checkpoints of their own; one follows a native promise. */
import { setTimeout as pause } from 'node:timers/promises';
import { call, checkpoint, sleep } from 'waymark';

async function branch(name: string, delay: string): Promise<string> {
  await sleep(delay);
  const text = await checkpoint({ commit: () => `${name} committed`, recover: () => `${name} recovered` });
  await call('log', { text });
  return text.split(' ')[0]!;
}

export default async function parallel(): Promise<string[]> {
  await pause(1);
  return Promise.all([branch('a', '1h'), branch('b', '2h')]);
}
