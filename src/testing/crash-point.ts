/** Where a test lets the process die. */

/**
 * - `before-commit`: the checkpoint is durable, its `commit` has not run. After the restart `recover` runs.
 * - `after-commit`: `commit` is over, the script has not gone on yet.
 * - `before-next`: as late as possible. Everything up to the next checkpoint, or up to the end, has been done, and
 *   nothing of it is durable: it is done again.
 */
export type CrashMoment = 'before-commit' | 'after-commit' | 'before-next';

export interface CrashPoint {
  /** Number of the last durable checkpoint, from 1. 0 with `before-next`: the process dies before the first checkpoint. */
  readonly checkpoint: number;
  readonly moment: CrashMoment;
}

/** All crash points of a run that made so many checkpoints. */
export function crashPoints(checkpoints: number): readonly CrashPoint[] {
  const points: CrashPoint[] = [{ checkpoint: 0, moment: 'before-next' }];
  for (let checkpoint = 1; checkpoint <= checkpoints; checkpoint++) {
    for (const moment of ['before-commit', 'after-commit', 'before-next'] as const)
      points.push({ checkpoint, moment });
  }
  return points;
}

/** `after checkpoint 2 was durable and before its commit ran`. `last`: how many checkpoints the script makes, if that is known. */
export function crashText({ checkpoint, moment }: CrashPoint, last?: number): string {
  const next = checkpoint === last ? 'the result' : `checkpoint ${checkpoint + 1}`;
  if (moment === 'before-commit')
    return `after checkpoint ${checkpoint} was durable and before its commit ran`;
  if (moment === 'after-commit') return `just after the commit of checkpoint ${checkpoint}`;
  return `just before ${next} was durable`;
}
