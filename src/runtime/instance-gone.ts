/** A promise of an instance that is over was awaited by another one. */
import { RuntimeCode, RuntimeError } from './runtime-error.ts';

export function instanceGone(id: string): RuntimeError {
  return new RuntimeError(
    RuntimeCode.instanceGone,
    `The instance ${id}, whose promise was awaited, has ended before the promise was settled.`,
    {
      fix: 'Do not share promises between instances: keep values in module-level variables, not promises of one run.',
    },
  );
}
