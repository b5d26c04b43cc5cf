/**
 * break, continue and return. They stay as written, except where they leave a `try` whose `finally` contains a
 * suspension point (that block is lowered to ordinary statements, so the jump is remembered and done after it), or
 * where a loop had to be rebuilt.
 */
import type { Node } from '../ast.ts';
import {
  assign,
  evaluate,
  identifier,
  leave,
  literal,
  undefinedValue,
  give,
  type Expression,
  type Statement,
} from './builders.ts';
import type { FunctionLowering } from './function-lowering.ts';

/** A `finally` with suspension points: what has to happen after it. */
export interface Completion {
  readonly label: string;
  /** Variable: 0 normal, 1 throw, 2 and up: index + 2 into `jumps`. */
  readonly kind: string;
  /** Variable: the thrown or returned value. */
  readonly value: string;
  readonly jumps: Jump[];
  /** How many jumps have been written that are remembered in it. */
  written: number;
}

export type JumpFrame =
  | { readonly type: 'loop'; readonly labels: readonly string[]; readonly continueLabel: string | undefined }
  | { readonly type: 'switch'; readonly labels: readonly string[] }
  | { readonly type: 'label'; readonly label: string }
  | { readonly type: 'finally'; readonly completion: Completion };

export type Jump =
  | { readonly type: 'break' | 'continue'; readonly label: string | null }
  | { readonly type: 'return' };

/** The `finally` with suspension points that remembers the jumps out of the code that is being written, if there is one. */
export function pendingIn(f: FunctionLowering): Completion | undefined {
  return f.jumps.findLast((frame) => frame.type === 'finally')?.completion;
}

/** The statements that do `jump`; `value` for a return. */
export function jump(
  f: FunctionLowering,
  what: Jump,
  value: Expression | null,
  at: Node | undefined,
  depth = f.jumps.length,
): Statement[] {
  for (let index = depth - 1; index >= 0; index--) {
    const frame = f.jumps[index]!;
    if (frame.type === 'finally') return remember(frame.completion, what, value, at);
    if (what.type === 'return' || !isTarget(frame, what)) continue;
    if (what.type === 'continue' && frame.type === 'loop' && frame.continueLabel !== undefined)
      return [leave(frame.continueLabel)];
    break;
  }
  if (what.type === 'return') return [give(value, at)];
  const label = what.label === null ? null : identifier(what.label);
  return [
    {
      type: what.type === 'break' ? 'BreakStatement' : 'ContinueStatement',
      label,
      ...(at?.loc ? { loc: at.loc } : {}),
    },
  ];
}

function isTarget(
  frame: JumpFrame,
  what: { readonly type: 'break' | 'continue'; readonly label: string | null },
): boolean {
  if (frame.type === 'finally') return false;
  if (what.label === null) return frame.type === 'loop' || (frame.type === 'switch' && what.type === 'break');
  return frame.type === 'label' ? frame.label === what.label : frame.labels.includes(what.label);
}

function remember(
  completion: Completion,
  what: Jump,
  value: Expression | null,
  at: Node | undefined,
): Statement[] {
  completion.written++;
  let index = completion.jumps.findIndex((known) => sameJump(known, what));
  if (index < 0) index = completion.jumps.push(what) - 1;
  const statements: Statement[] = [];
  if (what.type === 'return')
    statements.push(evaluate(assign(completion.value, value ?? undefinedValue()), at));
  statements.push(evaluate(assign(completion.kind, literal(index + 2)), at), leave(completion.label));
  return statements;
}

function sameJump(a: Jump, b: Jump): boolean {
  return a.type === b.type && (a.type === 'return' || (b.type !== 'return' && a.label === b.label));
}
