/**
 * Owns: who is killed when. Invariants:
 *
 * 1. A kill is due each `every` ms from the start, whatever restarting costs; the last one before the end.
 * 2. Only what runs is killed; what was killed is started again `restartAfter` ms later.
 */
import type { Random } from './seeded-random.ts';

export interface ChaosOptions {
  /** ms between kills. */
  readonly every: number;
  /** ms from a kill to the restart. */
  readonly restartAfter: number;
  /** The kills end this many ms after the start. */
  readonly duration: number;
  readonly random: Random;
}

export interface Victims {
  /** Names of what can be killed now. */
  running(): readonly string[];
  kill(name: string): Promise<void>;
  restart(name: string): Promise<void>;
}

/** Kills until the time is up or `signal` is aborted; resolves when everything that was killed runs again. */
export async function wreakHavoc(
  victims: Victims,
  options: ChaosOptions,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const restarts: Promise<void>[] = [];
  for (let due = options.every; due < options.duration; due += options.every) {
    await pause(started + due - performance.now(), signal);
    if (signal.aborted) break;
    const running = victims.running();
    const victim = running[Math.floor(options.random() * running.length)];
    if (victim === undefined) continue;
    await victims.kill(victim);
    const restart = pause(options.restartAfter, signal).then(() => victims.restart(victim));
    // Reported below, when the time is up.
    restart.catch(() => {});
    restarts.push(restart);
  }
  await Promise.all(restarts);
}

/** Waits; not longer than until `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
