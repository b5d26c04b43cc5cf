/**
 * Calls of built-in methods whose native results no snapshot can hold. Which method it is turns out at run time; the compiler
 * sees only names, and hands such calls to the runtime.
 */
import type { Node } from '../ast.ts';
import { call, type Expression, identifier, literal, undefinedValue } from './builders.ts';
import { convert, isBind } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { describe } from './suspending-call.ts';

const ITERATOR_NAMES = /^(keys|values|entries)$/;
const OTHER_NAMES = /^(matchAll|segment)$/;

/** The key of a call without arguments that asks a collection for an iterator: `keys()`, `values()`, `entries()`, `[Symbol.iterator]()`. */
export function iteratorMethod(f: FunctionLowering, node: Node): Expression | undefined {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression' || node['arguments'].length > 0 || isOptional(node))
    return undefined;
  if (callee['object'].type === 'Super') return undefined;
  return keyOf(f, callee, ITERATOR_NAMES, /^iterator$/);
}

/**
 * `$method(object, key, text)` in place of the callee of other such calls: `text.matchAll(pattern)`, `segmenter.segment(text)`,
 * `Array.prototype.values.call(list)`, `Reflect.apply(...)`. `object`: the lowered object, if it had to be.
 */
export function methodCallee(f: FunctionLowering, node: Node, object?: Expression): Expression | undefined {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression' || callee['object'].type === 'Super' || isOptional(node))
    return undefined;
  const key =
    keyOf(f, callee, OTHER_NAMES, /^matchAll$/) ??
    (isIndirect(f, callee) ? literal(callee['property'].name) : undefined);
  if (!key) return undefined;
  return call(
    f.out.abi('method'),
    [object ?? convert(f, callee['object']), key, literal(describe(callee))],
    node,
  );
}

/** `super.values()` where `super` can stay as written. */
export function isSuperIterator(f: FunctionLowering, node: Node): boolean {
  const callee = node['callee'] as Node;
  return (
    callee.type === 'MemberExpression' &&
    callee['object'].type === 'Super' &&
    !isOptional(node) &&
    keyOf(f, callee, /^(keys|values|entries|matchAll|segment)$/, /^(iterator|matchAll)$/) !== undefined
  );
}

function isOptional(node: Node): boolean {
  return node['optional'] === true || node['callee']['optional'] === true;
}

function keyOf(f: FunctionLowering, access: Node, names: RegExp, symbols: RegExp): Expression | undefined {
  const property = access['property'] as Node;
  if (!access['computed'])
    return property.type === 'Identifier' && names.test(property['name'])
      ? literal(property['name'])
      : undefined;
  const isSymbol =
    property.type === 'MemberExpression' &&
    isGlobal(f, property['object'], 'Symbol') &&
    !property['computed'] &&
    symbols.test(property['property'].name);
  return isSymbol ? convert(f, property) : undefined;
}

/** `x.values.call`, `x.values.apply`, `Reflect.apply`. */
function isIndirect(f: FunctionLowering, callee: Node): boolean {
  if (callee['computed'] || callee['property'].type !== 'Identifier') return false;
  const object = callee['object'] as Node;
  if (callee['property'].name === 'apply' && isGlobal(f, object, 'Reflect')) return true;
  return (
    /^(call|apply)$/.test(callee['property'].name) &&
    object.type === 'MemberExpression' &&
    keyOf(f, object, /^(keys|values|entries|matchAll|segment)$/, /^(iterator|matchAll)$/) !== undefined
  );
}

function isGlobal(f: FunctionLowering, node: Node, name: string): boolean {
  return node.type === 'Identifier' && node['name'] === name && !f.out.analysis.bindingOf.has(node);
}

/**
 * An optional chain. Where it holds calls that the runtime must make, `a?.b.values()` becomes
 * `(($object) => $object == null ? void 0 : $iterator($object.b, 'values'))(a)`.
 */
export function convertChain(f: FunctionLowering, node: Node): Expression {
  const links = spine(node['expression']);
  const first = links.findLast((link) => link['optional'] === true);
  const isOurs = links.some(
    (link) =>
      link.type === 'CallExpression' &&
      (isBind({ ...link['callee'], optional: false }) || isBuiltInCall(f, link)),
  );
  if (!first || !isOurs) {
    const expression = node['expression'] as Node;
    return { ...node, expression: convert(f, expression) };
  }
  const name = f.out.names.local('$object');
  const held = lowered(identifier(name));
  const withoutFirst = (replacement: Node): Expression =>
    rest(f, replaceLink(node['expression'], first, replacement));
  if (first.type === 'MemberExpression')
    return guard(
      name,
      convert(f, first['object']),
      withoutFirst({ ...first, object: held, optional: false }),
    );
  const callee = first['callee'] as Node;
  if (callee.type !== 'MemberExpression' || callee['object'].type === 'Super')
    return guard(name, convert(f, callee), withoutFirst({ ...first, callee: held, optional: false }));
  // `a.values?.()`: the method is looked up once, and `a` is its `this`.
  const method = f.out.names.local('$called');
  const list = { type: 'ArrayExpression', elements: first['arguments'] } as Node;
  const made = call(
    f.out.abi('call'),
    [identifier(method), identifier(name), convert(f, list), literal(describe(callee))],
    first,
  );
  const looked = convert(f, { ...callee, object: held });
  const inner = guard(method, looked, withoutFirst(lowered(made)));
  return call(arrow(name, inner), [convert(f, callee['object'])]);
}

function isBuiltInCall(f: FunctionLowering, link: Node): boolean {
  const callee = link['callee'] as Node;
  if (callee.type !== 'MemberExpression' || callee['object'].type === 'Super') return false;
  return (
    keyOf(f, callee, /^(keys|values|entries|matchAll|segment)$/, /^(iterator|matchAll)$/) !== undefined ||
    isIndirect(f, callee)
  );
}

/** From the last link of a chain to its first object. */
function spine(node: Node): Node[] {
  const links: Node[] = [];
  for (let at: Node | undefined = node; at;) {
    links.push(at);
    at =
      at.type === 'MemberExpression' ? at['object'] : at.type === 'CallExpression' ? at['callee'] : undefined;
  }
  return links;
}

function replaceLink(node: Node, link: Node, replacement: Node): Node {
  if (node === link) return replacement;
  return node.type === 'MemberExpression'
    ? { ...node, object: replaceLink(node['object'], link, replacement) }
    : { ...node, callee: replaceLink(node['callee'], link, replacement) };
}

/** What is left of a chain may have more `?.` in it. */
function rest(f: FunctionLowering, expression: Node): Expression {
  const isChain = spine(expression).some((link) => link['optional'] === true);
  return convert(f, isChain ? { type: 'ChainExpression', expression } : expression);
}

const lowered = (expression: Expression): Node => ({ type: '$Lowered', expression });

/** `((name) => name == null ? void 0 : then)(value)`. */
function guard(name: string, value: Expression, then: Expression): Expression {
  const test: Node = {
    type: 'BinaryExpression',
    operator: '==',
    left: identifier(name),
    right: literal(null),
  };
  const body: Node = { type: 'ConditionalExpression', test, consequent: undefinedValue(), alternate: then };
  return call(arrow(name, body), [value]);
}

function arrow(name: string, body: Expression): Expression {
  return {
    type: 'ArrowFunctionExpression',
    params: [identifier(name)],
    body,
    expression: true,
    async: false,
    generator: false,
  };
}
