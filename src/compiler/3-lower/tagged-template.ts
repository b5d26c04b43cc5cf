/**
 * Tagged templates become calls with the array of strings as first argument. That array exists once per realm under a name,
 * so that code that keeps it (as key of a cache, say) finds the same one after a restore.
 */
import type { Node } from '../ast.ts';
import {
  array,
  arrow,
  call,
  declare,
  evaluate,
  identifier,
  literal,
  member,
  undefinedValue,
  type Expression,
  type Statement,
} from './builders.ts';
import { calleeOf, convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { superHome } from './super.ts';
import { chainReference, describe, isMemberChain, methodReference } from './suspending-call.ts';
import { lower } from './suspending-expression.ts';
import { keep, operands } from './suspending-operands.ts';

/** Without suspension points. */
export function convertTagged(f: FunctionLowering, node: Node): Expression {
  const tag = node['tag'] as Node;
  const template = node['quasi'] as Node;
  const callee = calleeOf(convert(f, tag), tag);
  if (isStringRaw(f, tag)) return { ...node, tag: callee, quasi: convert(f, template) };
  const values = (template['expressions'] as Node[]).map((value) => convert(f, value));
  const given = [templateObject(f, template), ...values];
  const home =
    tag.type === 'MemberExpression' && tag['object'].type === 'Super' && superHome(f, tag['object']);
  if (home)
    return call(f.out.abi('call'), [callee, home.receiver, array(given), literal(describe(tag))], node);
  return call(callee, given, node);
}

/** With suspension points in the tag or the values. */
export function lowerTagged(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const tag = node['tag'] as Node;
  const template = node['quasi'] as Node;
  let receiver: Expression = undefinedValue();
  let fn: Expression;
  if (tag.type === 'MemberExpression') ({ receiver, fn } = methodReference(f, tag, out));
  else if (isMemberChain(tag)) ({ receiver, fn } = chainReference(f, tag, out));
  else fn = keep(f, lower(f, tag, out), out);
  const values = operands(f, template['expressions'], out) as Expression[];
  return call(
    f.out.abi('call'),
    [fn, receiver, array([templateObject(f, template), ...values]), literal(describe(tag))],
    node,
  );
}

/** Does not keep the strings. */
function isStringRaw(f: FunctionLowering, tag: Node): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag['object'].type === 'Identifier' &&
    tag['object'].name === 'String' &&
    tag['property'].name === 'raw' &&
    !f.out.analysis.bindingOf.has(tag['object'])
  );
}

/** The array of strings of a template: one object per place in the source, as the specification asks. */
function templateObject(f: FunctionLowering, template: Node): Expression {
  const name = f.out.names.fresh('$strings');
  const strings = f.out.names.local('$s');
  const plain = { ...template, expressions: (template['expressions'] as Node[]).map(() => literal(0)) };
  const native = {
    type: 'TaggedTemplateExpression',
    tag: arrow([identifier(strings)], identifier(strings)),
    quasi: plain,
  };
  const named = call(f.out.abi('named'), [literal(`template:${name}`), native]);
  const raw = call(f.out.abi('named'), [literal(`template:${name}.raw`), member(name, 'raw')]);
  f.out.prologue.unshift(declare('const', name, named), evaluate(raw));
  return identifier(name);
}
