/**
 * Owns: which fault happens when. Invariants:
 *
 * 1. A fault is due each `every` ms from the start, whatever repairing costs; the last one before the end.
 * 2. Only what can be hit is hit; what was hit is repaired when the fault has lasted as long as it should.
 * 3. Each fault that can happen has the same chance, and so has each of its targets.
 */
import type { Random } from '../seeded-random.ts';
import type { Fault } from './fault.ts';

export interface HavocOptions {
  /** ms between faults. */
  readonly every: number;
  /** The faults end this many ms after the start. */
  readonly duration: number;
  readonly random: Random;
}

/** Injects faults until the time is up or `signal` is aborted; resolves when everything that was hit serves again. */
export async function wreakHavoc(
  faults: readonly Fault[],
  options: HavocOptions,
  signal: AbortSignal,
): Promise<void> {
  const pick = <T>(among: readonly T[]): T | undefined => among[Math.floor(options.random() * among.length)];
  const started = performance.now();
  const repairs: Promise<void>[] = [];
  for (let due = options.every; due < options.duration; due += options.every) {
    await pause(started + due - performance.now(), signal);
    if (signal.aborted) break;
    const possible = faults.map((fault) => ({ fault, targets: fault.targets() }));
    const choice = pick(possible.filter(({ targets }) => targets.length > 0));
    if (choice === undefined) continue;
    const { fault, targets } = choice;
    const target = pick(targets)!;
    await fault.inject(target);
    const repair = pause(fault.lasts, signal).then(() => fault.repair(target));
    // Reported below, when the time is up.
    repair.catch(() => {});
    repairs.push(repair);
  }
  await Promise.all(repairs);
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
