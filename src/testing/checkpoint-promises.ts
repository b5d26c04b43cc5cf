/** The promises of checkpoints that are being made: settled when their `commit` or `recover` is over. */
import type { Instance } from '../runtime/instance.ts';
import { CheckpointOperation } from '../runtime/operations.ts';
import { type DurablePromise, PENDING, stateOf } from '../runtime/promise.ts';

export function checkpointPromises(instance: Instance): readonly DurablePromise[] {
  return instance.operations
    .values()
    .filter((operation) => operation instanceof CheckpointOperation)
    .map(({ promise }) => promise!);
}

export const allSettled = (promises: readonly DurablePromise[]): boolean =>
  promises.every((promise) => stateOf(promise) !== PENDING);
