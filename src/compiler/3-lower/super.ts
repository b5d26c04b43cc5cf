/** `super` in code that no longer stands inside its method. */
import type { Node } from '../ast.ts';
import { nonArrow } from '../2-analyze/function-tree.ts';
import { identifier, member, type Expression } from './builders.ts';
import type { FunctionLowering } from './function-lowering.ts';

/**
 * The object whose prototype `super` means, and the `this` to go with it; undefined where `super` can stay as written.
 * `node` is the Super node.
 */
export function superHome(
  f: FunctionLowering,
  node: Node,
): { object: Expression; receiver: Expression } | undefined {
  const owner = nonArrow(f.fn);
  const literalHome = f.out.analysis.bindingOf.get(node);
  if (f.fn.kind !== 'arrow' && !f.resumable && !literalHome) return undefined;
  const receiver: Expression =
    owner === f.fn && !f.resumable ? { type: 'ThisExpression' } : f.location(owner.thisBinding!, node);
  if (literalHome) return { object: member(f.variable(literalHome), 'v'), receiver };
  const cls = owner.enclosingClass!;
  const variable = cls.maker ? f.variable(cls.own!) : identifier(cls.variable!);
  return { object: owner.isStatic ? variable : member(variable, 'prototype'), receiver };
}
