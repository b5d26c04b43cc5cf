/** The error for a value that no snapshot can hold. */
import { SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import type { Encoder } from './encoder.ts';
import { pathTo } from './path.ts';

const DEFAULT_FIX =
  'Do not hold it across a suspension point: make it again afterwards, or register its class with serializable(...).';

/**
 * An error that says where `culprit`, met in the body that `e` is writing, is held. `what` completes "... is ".
 */
export function refuse(
  e: Encoder,
  culprit: unknown,
  what: string,
  options: { fix?: string; code?: string; cause?: unknown } = {},
): SnapshotError {
  const path = pathTo(e, culprit);
  return new SnapshotError(
    options.code ?? SnapshotCode.unserialisable,
    `Cannot save the state: ${path === '' ? 'the value' : path} is ${what}`,
    {
      path,
      fix: options.fix ?? DEFAULT_FIX,
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    },
  );
}
