/**
 * Expressions without suspension points: printed as written, apart from variables that live in boxes or got another
 * name, functions (closures are made by factories), and what depends on the place of the code (`this`, `super`).
 */
import { type Node } from '../ast.ts';
import { nonArrow } from '../2-analyze/function-kinds.ts';
import type { FunctionInfo } from '../2-analyze/model.ts';
import { convertAssignment, convertPattern, convertUpdate } from './assignment.ts';
import {
  array,
  assign,
  call,
  type Expression,
  identifier,
  literal,
  sequence,
  undefinedValue,
} from './builders.ts';
import { convertChain, isSuperIterator, iteratorMethod, methodCallee } from './built-in-calls.ts';
import { classExpression } from './class.ts';
import { madeClass } from './class-at-run-time.ts';
import { functionExpression } from './closure.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { convertObject } from './object-literal.ts';
import { quotable } from './quoted-names.ts';
import { superHome } from './super.ts';
import { convertTagged } from './tagged-template.ts';
import { visitorKeys } from 'oxc-parser';

/** `hint`: the name that an anonymous function or class gets from its place. */
export function convert(f: FunctionLowering, node: Node, hint = ''): Expression {
  switch (node.type) {
    case 'Identifier':
      return convertIdentifier(f, node);
    case 'ThisExpression':
      return convertThis(f, node);
    case 'MetaProperty':
      return convertMeta(f, node);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionExpression(f, node, hint);
    case 'ClassExpression':
      return f.out.analysis.classOf.get(node)!.maker
        ? madeClass(f, node, hint, null)
        : classExpression(f, node, hint);
    case 'MemberExpression':
      return convertMember(f, node);
    case 'CallExpression':
      return convertCall(f, node);
    case 'NewExpression': {
      const args = (node['arguments'] as Node[]).map((argument) => convert(f, argument));
      return { ...node, callee: quotable(f, node['callee']), arguments: args };
    }
    case 'SpreadElement':
      return { ...node, argument: quotable(f, node['argument']) };
    case 'ChainExpression':
      return convertChain(f, node);
    case 'TaggedTemplateExpression':
      return convertTagged(f, node);
    case 'ImportExpression':
      return call(f.out.abi('import'), [convert(f, node['source'])], node);
    case 'AssignmentExpression':
      return convertAssignment(f, node);
    case 'UpdateExpression':
      return convertUpdate(f, node);
    case 'ObjectExpression':
      return convertObject(f, node);
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'AssignmentPattern':
    case 'RestElement':
      return convertPattern(f, node);
    case '$Lowered':
      return node['expression'];
    default:
      return mapChildren(node, (child) => convert(f, child));
  }
}

/** A copy of `node` with converted children. */
export function mapChildren(node: Node, map: (child: Node) => Node): Node {
  const copy: Node = { ...node };
  for (const key of (visitorKeys as Record<string, readonly string[]>)[node.type] ?? []) {
    const value = node[key];
    if (Array.isArray(value))
      copy[key] = value.map((item: Node | null) => (item === null ? null : map(item)));
    else if (value) copy[key] = map(value);
  }
  return copy;
}

function convertIdentifier(f: FunctionLowering, node: Node): Expression {
  const binding = f.out.analysis.bindingOf.get(node);
  if (!binding) return { ...node, name: f.out.names.global(node['name']) };
  if (binding.kind === 'class' && binding.owner.kind === 'class' && !isInside(f.fn, binding.owner)) {
    // In the heritage or a computed key of the class itself, which are evaluated before it is made.
    return call(f.out.abi('checked'), [identifier(f.out.abi('UNSET')), literal(binding.name)], node);
  }
  return f.read(binding, node);
}

function isInside(fn: FunctionInfo, outer: FunctionInfo): boolean {
  for (let at: FunctionInfo | undefined = fn; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** True if `fn` is `owner`, or an arrow function that stays in it. */
export function standsIn(fn: FunctionInfo, owner: FunctionInfo): boolean {
  let at = fn;
  while (at !== owner && at.inPlace) at = at.parent!;
  return at === owner;
}

function convertThis(f: FunctionLowering, node: Node): Expression {
  const binding = f.out.analysis.bindingOf.get(node);
  if (!binding) return undefinedValue();
  if (!f.resumable && standsIn(f.fn, binding.owner)) return { ...node };
  if (!binding.boxed) return f.variable(binding, node);
  return call(f.out.abi('checked'), [f.location(binding, node), literal('this')], node);
}

function convertMeta(f: FunctionLowering, node: Node): Expression {
  if (node['meta'].name === 'import') return identifier(f.out.importMeta(), node);
  const binding = f.out.analysis.bindingOf.get(node);
  if (!binding) return undefinedValue();
  if (binding.owner !== f.fn) return f.variable(binding, node);
  return f.resumable ? undefinedValue() : { ...node };
}

function convertMember(f: FunctionLowering, node: Node): Expression {
  const property = node['computed'] ? convert(f, node['property']) : node['property'];
  if (node['object'].type === 'Super') {
    const home = superHome(f, node['object']);
    if (!home) return { ...node, property };
    const key = node['computed'] ? property : literal(node['property'].name);
    return call(f.out.abi('superGet'), [home.object, key, home.receiver], node);
  }
  const value = { ...node, object: convert(f, node['object']), property };
  const cls = f.out.analysis.heldMethods.get(node);
  if (!cls) return value;
  const owner = cls.maker ? f.variable(cls.own!) : identifier(cls.variable!);
  return call(f.out.abi('part'), [owner, literal(`private:${node['property'].name}`), value], node);
}

function convertCall(f: FunctionLowering, node: Node): Expression {
  const callee = node['callee'] as Node;
  const args = (node['arguments'] as Node[]).map((argument) => convert(f, argument));
  if (
    callee.type === 'MemberExpression' &&
    callee['object'].type === 'Super' &&
    superHome(f, callee['object'])
  ) {
    return call(
      f.out.abi('call'),
      [convert(f, callee), superHome(f, callee['object'])!.receiver, array(args), literal('super')],
      node,
    );
  }
  if (isSuperIterator(f, node)) {
    const receiver: Expression = { type: 'ThisExpression' };
    return call(f.out.abi('call'), [convert(f, callee), receiver, array(args), literal('super')], node);
  }
  if (isBind(callee) && !node['optional']) {
    return call(f.out.abi('bind'), [convert(f, callee['object']), array(args)], node);
  }
  const method = iteratorMethod(f, node);
  if (method) return call(f.out.abi('iterator'), [convert(f, callee['object']), method], node);
  const special = methodCallee(f, node);
  if (special) return { ...node, callee: special, arguments: args };
  if (isSymbolCall(f, callee)) return call(f.out.abi('symbol'), args, node);
  if (callee.type === 'Super') {
    const result = { ...node, callee: { ...callee }, arguments: args };
    // Closures made before it wait for `this`.
    const receiver = nonArrow(f.fn).thisBinding;
    return receiver?.boxed ? assign(f.location(receiver), result, node) : result;
  }
  return { ...node, callee: calleeOf(quotable(f, callee), callee), arguments: args };
}

export function isSymbolCall(f: FunctionLowering, callee: Node): boolean {
  return callee.type === 'Identifier' && callee['name'] === 'Symbol' && !f.out.analysis.bindingOf.has(callee);
}

/** `target.bind(...)`: the result must be capturable when it is a bound function of a durable module. */
export function isBind(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    !callee['computed'] &&
    !callee['optional'] &&
    callee['property'].name === 'bind' &&
    callee['object'].type !== 'Super'
  );
}

/** A plain variable that became a property access must not be called with that object as `this`. */
export function calleeOf(converted: Expression, original: Node): Expression {
  if (original.type !== 'Identifier' || converted.type !== 'MemberExpression') return converted;
  return sequence([literal(0), converted]);
}
