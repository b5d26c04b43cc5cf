/** Why a checkpoint could not be made, as the script sees it. */
import { CheckpointError } from '../script-errors.ts';
import { SnapshotError } from '../snapshot/index.ts';
import { RuntimeError } from './runtime-error.ts';

export function checkpointError(cause: unknown): CheckpointError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const fix = cause instanceof SnapshotError || cause instanceof RuntimeError ? cause.fix : undefined;
  return new CheckpointError(`The checkpoint could not be made: ${reason}`, {
    cause,
    fix:
      fix ??
      'The previous checkpoint stands. Catch the error and try again, or let the instance fail and retry it.',
  });
}
