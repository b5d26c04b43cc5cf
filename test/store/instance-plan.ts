/**
 * What an instance of the kill test does, and what it holds after each step, derived from its id alone: so the process that
 * writes and the process that checks agree without talking.
 */
import type { CheckpointStore, StoredInstance } from '../../src/store/checkpoint-store.ts';
import { checkpointOf, outcomeOf, textOf } from './writes.ts';

export type Ending = 'complete' | 'complete and keep' | 'fail';

export interface InstancePlan {
  readonly saves: number;
  /** Its last checkpoint is made over for other code before it ends. */
  readonly moves: boolean;
  readonly ending: Ending;
}

export const CODE = ['code-1', 'code-2'] as const;

/** Steps until it ends, without the end. */
export const stepsInFlight = ({ saves, moves }: InstancePlan): number => saves + (moves ? 1 : 0);

function numberOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

export function planOf(id: string): InstancePlan {
  const number = numberOf(id);
  const endings: readonly Ending[] = ['complete', 'complete and keep', 'fail', 'complete'];
  return {
    saves: 1 + (number % 4),
    moves: (number >>> 16) % 3 === 0,
    ending: endings[(number >>> 8) % 4] ?? 'complete',
  };
}

function bytesAt(id: string, step: number): Uint8Array {
  const number = numberOf(`${id}/${step}`);
  const length = 20 + (number % 3000);
  return Uint8Array.from({ length }, (_, index) => (number + index * 13) % 256);
}

export const requestIdOf = (id: string): string => `request of ${id}`;

/** Does step 1, 2, ... of the plan: the saves, the move, then the ending. */
export async function doStep(store: CheckpointStore, id: string, step: number): Promise<void> {
  const plan = planOf(id);
  const { saves, moves, ending } = plan;
  const common = { requestId: ending === 'complete' ? undefined : requestIdOf(id) };
  if (step <= saves) return store.save(checkpointOf(id, step, { ...common, snapshot: bytesAt(id, step) }));
  if (step <= stepsInFlight(plan)) {
    const from = { codeHash: CODE[0], sequence: saves };
    const isChanged = await store.changeCode({ id, from, codeHash: CODE[1], snapshot: bytesAt(id, step) });
    if (!isChanged) throw new Error(`${id} could not be moved`);
    return;
  }
  const codeHash = CODE[moves ? 1 : 0];
  const outcome = outcomeOf(id, saves, { ...common, codeHash, outcome: bytesAt(id, step) });
  return ending === 'fail' ? store.fail(outcome) : store.complete(outcome);
}

/** Whether what a store says of an instance is exactly what it holds after that many steps. */
export function isAfter(stored: StoredInstance | undefined, id: string, steps: number): boolean {
  const plan = planOf(id);
  const { saves, moves, ending } = plan;
  const inFlight = stepsInFlight(plan);
  if (steps === 0 || (steps > inFlight && ending === 'complete')) return stored === undefined;
  if (stored === undefined || stored.damaged !== undefined) return false;
  const same = (bytes: Uint8Array | undefined, step: number): boolean =>
    textOf(bytes) === textOf(bytesAt(id, step));
  if (stored.codeHash !== CODE[moves && steps > saves ? 1 : 0]) return false;
  if (steps <= inFlight) {
    const sequence = Math.min(steps, saves);
    return stored.status === 'running' && stored.sequence === sequence && same(stored.snapshot, steps);
  }
  if (stored.sequence !== saves || !same(stored.outcome, steps)) return false;
  return ending === 'fail'
    ? stored.status === 'failed' && same(stored.snapshot, inFlight)
    : stored.status === 'completed' && stored.snapshot === undefined;
}
