/**
 * What a generator is resumed with: the completion that `next`, `throw` or `return` gave (ECMA-262 27.5.3.3, GeneratorResume).
 *
 * Owns: that completion, from the moment a generator is resumed to its first instruction. Invariant Y1: nothing of the author's runs
 * in between, so one place serves all generators.
 */
export const NEXT = 0;
export const THROW = 1;
export const RETURN = 2;

export type CompletionKind = typeof NEXT | typeof THROW | typeof RETURN;

let kind: CompletionKind = NEXT;
let value: unknown = undefined;

/** Right before a generator goes on. */
export function give(givenKind: CompletionKind, given: unknown): void {
  kind = givenKind;
  value = given;
}

/** The value given to `next`; throws what was given to `throw`. A return waits for `returned`. */
export function received(): unknown {
  if (kind === RETURN) return undefined;
  const given = value;
  value = undefined;
  if (kind === THROW) throw given;
  return given;
}

export function returning(): boolean {
  return kind === RETURN;
}

/** The value given to `return`. */
export function returned(): unknown {
  const given = value;
  value = undefined;
  return given;
}

/** The completion as it is, for `yield*`. */
export function takeCompletion(): { kind: CompletionKind; value: unknown } {
  const completion = { kind, value };
  value = undefined;
  return completion;
}
