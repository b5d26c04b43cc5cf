/** `super` in code that no longer stands inside its method. */
import type { Node } from '../ast.ts';
import { nonArrow } from '../2-analyze/function-tree.ts';
import {
  arrow,
  call,
  evaluate,
  type Expression,
  getter,
  give,
  identifier,
  literal,
  member,
  object,
  setter,
} from './builders.ts';
import { convert } from './expression.ts';
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
  if ((f.fn.kind !== 'arrow' || f.fn.inPlace) && !f.resumable && !literalHome) return undefined;
  const receiver: Expression =
    owner === f.fn && !f.resumable ? { type: 'ThisExpression' } : f.location(owner.thisBinding!, node);
  if (literalHome) return { object: member(f.variable(literalHome), 'v'), receiver };
  const cls = owner.enclosingClass!;
  const variable = cls.maker ? f.variable(cls.own!) : identifier(cls.variable!);
  return { object: owner.isStatic ? variable : member(variable, 'prototype'), receiver };
}

/**
 * `super.key` as something that can be assigned to and read, its key evaluated once: a property of an object with accessors for
 * it. Undefined where `super` can stay as written.
 */
export function superPlace(f: FunctionLowering, node: Node): Expression | undefined {
  const home = superHome(f, node['object']);
  if (!home) return undefined;
  const key = node['computed'] ? convert(f, node['property']) : literal(node['property'].name);
  const parameters = ['$home', '$key', '$this'].map((name) => identifier(f.out.names.local(name)));
  const [inner, name, receiver] = parameters as [Expression, Expression, Expression];
  const given = f.out.names.local('$given');
  const accessors = object([
    getter('v', [give(call(f.out.abi('superGet'), [inner, name, receiver], node))]),
    setter('v', given, [
      evaluate(call(f.out.abi('superSet'), [inner, name, identifier(given), receiver], node)),
    ]),
  ]);
  return member(call(arrow(parameters, accessors), [home.object, key, home.receiver]), 'v', node);
}
