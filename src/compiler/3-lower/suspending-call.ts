/** Calls and optional chains with suspension points in callee or arguments. */
import { type Node } from '../ast.ts';
import {
  array,
  assign,
  block,
  call,
  evaluate,
  type Expression,
  identifier,
  labelled,
  leave,
  literal,
  type Statement,
  undefinedValue,
  when,
} from './builders.ts';
import { iteratorMethod, methodCallee } from './built-in-calls.ts';
import { calleeOf, convert, isBind, isSymbolCall } from './expression.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { superHome } from './super.ts';
import { lowerMember } from './suspending-assignment.ts';
import { lower } from './suspending-expression.ts';
import { goesOn, keep, operands } from './suspending-operands.ts';

export function lowerCall(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const callee = node['callee'] as Node;
  const args = node['arguments'] as Node[];
  const argumentsSuspend = args.some((argument) => f.suspends(argument));
  if (callee.type === 'MemberExpression') {
    // A member of `super` becomes a value without its `this`: it always needs both.
    if (!argumentsSuspend && callee['object'].type !== 'Super') {
      const target = lowerMember(f, callee, out);
      const converted = args.map((argument) => convert(f, argument));
      const method = iteratorMethod(f, node);
      if (method) return call(f.out.abi('iterator'), [target['object'], method], node);
      if (isBind(callee)) return call(f.out.abi('bind'), [target['object'], array(converted)], node);
      if (callee['computed'] && f.suspends(callee['property']) && !node['optional'] && !callee['optional']) {
        // Which method it is turns out at run time: it may be one that gives an iterator.
        const key = [target['object'], target['property'], literal(describe(callee))];
        return { ...node, callee: call(f.out.abi('method'), key, node), arguments: converted };
      }
      const form = methodCallee(f, node, target['object']);
      if (form || !isOfAwaited(callee) || target['optional'] || isPrivateName(callee))
        return { ...node, callee: form ?? target, arguments: converted };
      // Called through the runtime, which knows what the author wrote: the engine would name the temporary.
      const receiver = keep(f, target['object'], out);
      const fn = { ...target, object: receiver };
      return call(f.out.abi('call'), [fn, receiver, array(converted), literal(describe(callee))], node);
    }
    if (isPrivateMethod(f, callee)) {
      // It cannot change, so it need not be kept while the arguments are evaluated.
      const object = keep(f, lower(f, callee['object'], out), out);
      // But an object without it is noticed before them.
      out.push(evaluate({ ...callee, object }));
      return { ...node, callee: { ...callee, object }, arguments: operands(f, args, out) };
    }
    const { receiver, fn } = methodReference(f, callee, out);
    const list = operands(f, args, out) as Expression[];
    if (isBind(callee)) return call(f.out.abi('bind'), [receiver, array(list)], node);
    return call(f.out.abi('call'), [fn, receiver, array(list), literal(describe(callee))], node);
  }
  if (isMemberChain(callee)) {
    const { receiver, fn } = chainReference(f, callee, out);
    const list = operands(f, args, out) as Expression[];
    return call(
      f.out.abi('call'),
      [fn, receiver, array(list), literal(describe(callee['expression']))],
      node,
    );
  }
  const named = callee.type === 'SequenceExpression' ? (callee['expressions'].at(-1) as Node) : callee;
  if (isSymbolCall(f, named)) {
    if (named !== callee) keep(f, lower(f, callee, out), out);
    return call(f.out.abi('symbol'), operands(f, args, out) as Expression[], node);
  }
  if (!argumentsSuspend) {
    const fn = lower(f, callee, out);
    const converted = args.map((argument) => convert(f, argument));
    if (fn.type !== 'Identifier' || !isTemporary(f, fn)) return { ...node, callee: fn, arguments: converted };
    return call(f.out.abi('call'), [fn, undefinedValue(), array(converted), literal(describe(callee))], node);
  }
  const fn =
    callee.type === 'Identifier' && isFixed(f, callee) ? calleeOf(convert(f, callee), callee) : undefined;
  if (fn) return { ...node, callee: fn, arguments: operands(f, args, out) };
  const kept = keep(f, lower(f, callee, out), out);
  const list = operands(f, args, out) as Expression[];
  return call(f.out.abi('call'), [kept, undefinedValue(), array(list), literal(describe(callee))], node);
}

/** A member, or a member of a member, of what an `await` gives. */
function isOfAwaited(callee: Node): boolean {
  let at = callee['object'] as Node;
  while (at.type === 'MemberExpression') at = at['object'] as Node;
  return at.type === 'AwaitExpression';
}

const isPrivateName = (callee: Node): boolean => callee['property'].type === 'PrivateIdentifier';

/** A variable that the author did not write. */
export function isTemporary(f: FunctionLowering, node: Node): boolean {
  return node.type === 'Identifier' && f.hoisted.includes(node['name']) && !f.sourceNames.has(node['name']);
}

function isPrivateMethod(f: FunctionLowering, callee: Node): boolean {
  if (callee['property'].type !== 'PrivateIdentifier' || callee['object'].type === 'Super') return false;
  const name: string = callee['property'].name;
  for (let cls = f.fn.enclosingClass; cls; cls = cls.parent) {
    if (cls.privateMethods.has(name)) return true;
    if (cls.privateFields.includes(name)) return false;
  }
  return false;
}

/** A variable that always holds the same value. */
function isFixed(f: FunctionLowering, node: Node): boolean {
  const binding = f.out.analysis.bindingOf.get(node);
  return binding !== undefined && !binding.assigned && !f.isChecked(binding, node) && !binding.early;
}

/** Object and function of a method call, evaluated before the arguments. */
export function methodReference(
  f: FunctionLowering,
  callee: Node,
  out: Statement[],
): { receiver: Expression; fn: Expression } {
  if (callee['object'].type === 'Super') {
    const home = superHome(f, callee['object'])!;
    return { receiver: home.receiver, fn: keep(f, lowerMemberOrConvert(f, callee, out), out) };
  }
  const receiver = keep(f, lower(f, callee['object'], out), out);
  if (isBind(callee)) return { receiver, fn: undefinedValue() };
  const property = callee['computed'] ? keep(f, lower(f, callee['property'], out), out) : callee['property'];
  return { receiver, fn: keep(f, { ...callee, object: receiver, property, optional: false }, out) };
}

function lowerMemberOrConvert(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  return f.suspends(node) ? lowerMember(f, node, out) : convert(f, node);
}

/** `a?.b` in parentheses as callee: `(a?.b)(c)` keeps `a` as `this`. */
export function isMemberChain(callee: Node): boolean {
  return callee.type === 'ChainExpression' && callee['expression'].type === 'MemberExpression';
}

/** Object and function of a call of such a chain. */
export function chainReference(
  f: FunctionLowering,
  callee: Node,
  out: Statement[],
): { receiver: Expression; fn: Expression } {
  const receiver = f.temporary();
  const fn = keep(f, lowerChain(f, callee, out, { receiver }), out);
  return { receiver: identifier(receiver), fn };
}

/** How V8 would name the value in "... is not a function". */
export function describe(node: Node): string {
  if (node.type === 'Identifier') return node['name'];
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'Super') return '(intermediate value)';
  if (node.type === 'MemberExpression' && !node['computed']) {
    const name =
      node['property'].type === 'PrivateIdentifier' ? `#${node['property'].name}` : node['property'].name;
    return `${describe(node['object'])}.${name}`;
  }
  if (node.type === 'MemberExpression') {
    const key = node['property'] as Node;
    return key.type === 'Literal' && typeof key['value'] === 'string'
      ? `${describe(node['object'])}.${key['value']}`
      : `${describe(node['object'])}[${describe(key)}]`;
  }
  if (node.type === 'CallExpression' && !node['optional']) return `${describe(node['callee'])}(...)`;
  if (node.type === 'Literal' && !node['regex'] && node['bigint'] === undefined)
    return JSON.stringify(node['value']);
  return '(intermediate value)';
}

/** How V8 would name the value in "... is not iterable" or "... is not async iterable". */
export function describeIterable(node: Node, isAsync = false): string {
  return node.type === 'CallExpression' && !node['optional']
    ? `${describe(isAsync ? node : node['callee'])} is not a function or its return value`
    : describe(node);
}

/**
 * `a?.b(await c).d`: each `?.` may leave the chain with undefined. `isDelete`: the chain is the operand of `delete`;
 * `receiver`: the variable for the object of the last member access.
 */
export function lowerChain(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  options: { readonly isDelete?: boolean; readonly receiver?: string } = {},
): Expression {
  const { isDelete = false, receiver: receiverVariable } = options;
  const result = f.temporary();
  const end = f.label();
  const inner: Statement[] = [];
  out.push(evaluate(assign(result, isDelete ? literal(true) : undefinedValue())));
  const leaveIfNullish = (value: Expression): void => {
    inner.push(when(goesOn('??', value), [leave(end)]));
  };
  const link = (part: Node): Expression => {
    if (part.type === 'MemberExpression') {
      if (part['object'].type === 'Super') return lowerMemberOrConvert(f, part, inner);
      let target = link(part['object']);
      if (part['optional']) leaveIfNullish((target = keep(f, target, inner)));
      if (!part['computed']) return { ...part, object: target, optional: false };
      if (!f.suspends(part['property']))
        return { ...part, object: target, property: convert(f, part['property']), optional: false };
      target = keep(f, target, inner);
      return { ...part, object: target, property: lower(f, part['property'], inner), optional: false };
    }
    if (part.type === 'CallExpression') {
      const callee = part['callee'] as Node;
      const args = part['arguments'] as Node[];
      let receiver: Expression = undefinedValue();
      let fn: Expression;
      if (callee.type === 'MemberExpression' && callee['object'].type !== 'Super') {
        const target = link(callee);
        receiver = keep(f, target['object'], inner);
        if (isPrivateMethod(f, callee) && !part['optional']) {
          inner.push(evaluate({ ...target, object: receiver }));
          return {
            ...part,
            callee: { ...target, object: receiver },
            arguments: operands(f, args, inner),
            optional: false,
          };
        }
        const property = callee['computed'] ? keep(f, target['property'], inner) : target['property'];
        fn = keep(f, { ...target, object: receiver, property }, inner);
      } else if (isMemberChain(callee)) {
        ({ receiver, fn } = chainReference(f, callee, inner));
      } else {
        if (callee.type === 'MemberExpression') receiver = superHome(f, callee['object'])!.receiver;
        fn = keep(f, link(callee), inner);
      }
      if (part['optional']) leaveIfNullish(fn);
      const list = operands(f, args, inner) as Expression[];
      return call(f.out.abi('call'), [fn, receiver, array(list), literal(describe(callee))], part);
    }
    return lower(f, part, inner);
  };
  if (receiverVariable !== undefined) out.push(evaluate(assign(receiverVariable, undefinedValue())));
  let value = link(node['expression']);
  if (receiverVariable !== undefined) {
    inner.push(evaluate(assign(receiverVariable, value['object'])));
    value = { ...value, object: identifier(receiverVariable) };
  }
  const final = isDelete
    ? { type: 'UnaryExpression', operator: 'delete', prefix: true, argument: value }
    : value;
  inner.push(evaluate(assign(result, final)));
  out.push(labelled(end, block(inner)));
  return identifier(result);
}
