/**
 * Expressions without suspension points: printed as written, apart from variables that live in boxes or got another
 * name, functions (closures are made by factories), and what depends on the place of the code (`this`, `super`).
 */
import { visitorKeys } from 'oxc-parser';
import type { Binding } from '../2-analyze/model.ts';
import { isFunction, type Node } from '../ast.ts';
import {
  array,
  assign,
  binary,
  call,
  construct,
  identifier,
  literal,
  logical,
  member,
  object,
  place,
  property,
  sequence,
  undefinedValue,
  type Expression,
} from './builders.ts';
import { classExpression } from './class.ts';
import { functionExpression } from './closure.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { superHome } from './super.ts';

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
      return classExpression(f, node, hint);
    case 'MemberExpression':
      return convertMember(f, node);
    case 'CallExpression':
      return convertCall(f, node);
    case 'TaggedTemplateExpression':
      return {
        ...node,
        tag: calleeOf(convert(f, node['tag']), node['tag']),
        quasi: convert(f, node['quasi']),
      };
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
  return f.read(binding, node);
}

function convertThis(f: FunctionLowering, node: Node): Expression {
  const binding = f.out.analysis.bindingOf.get(node);
  if (!binding) return undefinedValue();
  if (binding.owner === f.fn && !f.resumable) return { ...node };
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
  return { ...node, object: convert(f, node['object']), property };
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
  if (isBind(callee) && !node['optional']) {
    return call(f.out.abi('bind'), [convert(f, callee['object']), array(args)], node);
  }
  const method = iteratorMethod(f, node);
  if (method) return call(f.out.abi('iterator'), [convert(f, callee['object']), method], node);
  if (isSymbolCall(f, callee)) return call(f.out.abi('symbol'), args, node);
  if (callee.type === 'Super') {
    const result = { ...node, callee: { ...callee }, arguments: args };
    // Closures made before it wait for `this`.
    return f.fn.thisBinding?.boxed ? assign(f.location(f.fn.thisBinding), result, node) : result;
  }
  return { ...node, callee: calleeOf(convert(f, callee), callee), arguments: args };
}

/** The key of a call that asks a collection for an iterator: `keys()`, `values()`, `entries()`, `[Symbol.iterator]()`. */
export function iteratorMethod(f: FunctionLowering, node: Node): Expression | undefined {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression' || node['arguments'].length > 0 || node['optional'] || callee['optional']) return undefined;
  if (callee['object'].type === 'Super') return undefined;
  const property = callee['property'] as Node;
  if (!callee['computed']) return /^(keys|values|entries)$/.test(property['name']) && property.type === 'Identifier' ? literal(property['name']) : undefined;
  const isIterator =
    property.type === 'MemberExpression' &&
    property['object'].type === 'Identifier' &&
    property['object'].name === 'Symbol' &&
    property['property'].name === 'iterator' &&
    !f.out.analysis.bindingOf.has(property['object']);
  return isIterator ? convert(f, property) : undefined;
}

function isSymbolCall(f: FunctionLowering, callee: Node): boolean {
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

function convertAssignment(f: FunctionLowering, node: Node): Expression {
  const left = node['left'] as Node;
  if (left.type === 'MemberExpression' && left['object'].type === 'Super' && superHome(f, left['object'])) {
    return superAssignment(f, node, left);
  }
  const right = convert(f, node['right'], left.type === 'Identifier' ? left['name'] : '');
  if (left.type !== 'Identifier') return { ...node, left: convert(f, left), right };
  return assignTo(f, left, node['operator'], right, node);
}

/** Assignment to a variable, where a constant throws and an uninitialised one is noticed. */
export function assignTo(
  f: FunctionLowering,
  target: Node,
  operator: string,
  right: Expression,
  at: Node,
): Expression {
  const binding = f.out.analysis.bindingOf.get(target);
  if (!binding)
    return {
      ...at,
      type: 'AssignmentExpression',
      operator,
      left: { ...target, name: f.out.names.global(target['name']) },
      right,
    };
  const location = f.location(binding, target);
  if (isConstant(f, binding)) {
    const failure = call(f.out.abi('constant'), [literal(binding.name)], at);
    if (/^(\|\||&&|\?\?)=$/.test(operator))
      return logical(operator.slice(0, -1), f.read(binding, target), sequence([right, failure]));
    const value = operator === '=' ? right : binary(operator.slice(0, -1), f.read(binding, target), right);
    return sequence([value, failure]);
  }
  if (binding.kind === 'self')
    return place(sequence([right, call(f.out.abi('constant'), [literal(binding.name)])]), at);
  const assignment = { ...at, type: 'AssignmentExpression', operator, left: location, right };
  return f.isChecked(binding, target) ? sequence([f.read(binding, target), assignment]) : assignment;
}

/** A constant that is not a native `const` in the generated code, so that assigning to it must be made to throw. */
function isConstant(f: FunctionLowering, binding: Binding): boolean {
  if (binding.kind !== 'const' && binding.kind !== 'using') return false;
  return !binding.moduleLevel || f.out.isState(binding);
}

function isDeclaration(binding: Binding, node: Node): boolean {
  return !binding.references.some(
    ({ identifier: own, isWrite, isInit }) => own === node && isWrite && !isInit,
  );
}

function superAssignment(f: FunctionLowering, node: Node, left: Node): Expression {
  const home = superHome(f, left['object'])!;
  const key = left['computed'] ? convert(f, left['property']) : literal(left['property'].name);
  const right = convert(f, node['right']);
  const operator = node['operator'] as string;
  if (operator === '=') return call(f.out.abi('superSet'), [home.object, key, right, home.receiver], node);
  const current = call(f.out.abi('superGet'), [home.object, key, home.receiver], node);
  const store = (value: Expression): Expression =>
    call(f.out.abi('superSet'), [home.object, key, value, home.receiver], node);
  if (/^(\|\||&&|\?\?)=$/.test(operator)) return logical(operator.slice(0, -1), current, store(right));
  return store(binary(operator.slice(0, -1), current, right));
}

function convertUpdate(f: FunctionLowering, node: Node): Expression {
  const argument = node['argument'] as Node;
  if (
    argument.type === 'MemberExpression' &&
    argument['object'].type === 'Super' &&
    superHome(f, argument['object'])
  ) {
    const home = superHome(f, argument['object'])!;
    const key = argument['computed'] ? convert(f, argument['property']) : literal(argument['property'].name);
    const current = call(f.out.abi('superGet'), [home.object, key, home.receiver], node);
    const step = node['operator'] === '++' ? '+' : '-';
    const stored = call(
      f.out.abi('superSet'),
      [home.object, key, binary(step, current, literal(1)), home.receiver],
      node,
    );
    return node['prefix'] ? stored : binary(step === '+' ? '-' : '+', stored, literal(1));
  }
  if (argument.type !== 'Identifier') return { ...node, argument: convert(f, argument) };
  const binding = f.out.analysis.bindingOf.get(argument);
  if (!binding) return { ...node, argument: { ...argument, name: f.out.names.global(argument['name']) } };
  if (isConstant(f, binding)) {
    return sequence([f.read(binding, argument), call(f.out.abi('constant'), [literal(binding.name)], node)]);
  }
  const update = { ...node, argument: f.location(binding, argument) };
  return f.isChecked(binding, argument) ? sequence([f.read(binding, argument), update]) : update;
}

/** Targets of destructuring assignments and native declarations. */
function convertPattern(f: FunctionLowering, node: Node): Node {
  switch (node.type) {
    case 'ObjectPattern':
      return {
        ...node,
        properties: (node['properties'] as Node[]).map((item) =>
          item.type === 'RestElement'
            ? { ...item, argument: target(f, item['argument']) }
            : {
                ...item,
                key: item['computed'] ? convert(f, item['key']) : item['key'],
                value: target(f, item['value']),
                shorthand: false,
              },
        ),
      };
    case 'ArrayPattern':
      return {
        ...node,
        elements: (node['elements'] as (Node | null)[]).map((item) => item && target(f, item)),
      };
    case 'AssignmentPattern': {
      const hint = node['left'].type === 'Identifier' ? node['left'].name : '';
      return { ...node, left: target(f, node['left']), right: convert(f, node['right'], hint) };
    }
    default:
      return { ...node, argument: target(f, node['argument']) };
  }
}

/** What a pattern assigns to: never a checked read. */
function target(f: FunctionLowering, node: Node): Node {
  if (node.type !== 'Identifier') return convert(f, node);
  const binding = f.out.analysis.bindingOf.get(node);
  if (binding && isConstant(f, binding) && !isDeclaration(binding, node))
    return member(call(f.out.abi('constant'), [literal(binding.name)], node), 'v');
  return binding ? f.location(binding, node) : { ...node, name: f.out.names.global(node['name']) };
}

export const convertTarget = target;

function convertObject(f: FunctionLowering, node: Node): Expression {
  const properties = (node['properties'] as Node[]).map((item) =>
    convertProperty(f, item, (key) => convert(f, key)),
  );
  return finishObject(f, node, properties);
}

export interface ConvertedProperty {
  readonly node: Node;
  /** For accessors: the key and the functions to define afterwards. */
  readonly accessor?: {
    readonly key: Expression;
    readonly get: Expression | null;
    readonly set: Expression | null;
  };
}

/** One property of a literal; `computeKey` converts a computed key. */
export function convertProperty(
  f: FunctionLowering,
  item: Node,
  computeKey: (key: Node) => Expression,
): ConvertedProperty {
  if (item.type === 'SpreadElement') return { node: { ...item, argument: convert(f, item['argument']) } };
  const computed = item['computed'] as boolean;
  const key = computed ? computeKey(item['key']) : (item['key'] as Node);
  const name = computed ? '' : key.type === 'Identifier' ? key['name'] : String(key['value']);
  if (item['kind'] !== 'init') {
    let text = computed ? key : literal(name);
    if (computed) {
      // The key is needed twice.
      const kept = f.temporary('key');
      text = assign(kept, call(f.out.abi('key'), [key]));
      const fn = call(f.out.abi('nameFunction'), [
        functionExpression(f, item['value']),
        identifier(kept),
        literal(item['kind']),
      ]);
      const again = identifier(kept);
      return {
        node: property(text, undefinedValue(), true),
        accessor: {
          key: again,
          get: item['kind'] === 'get' ? fn : null,
          set: item['kind'] === 'set' ? fn : null,
        },
      };
    }
    const fn = functionExpression(f, item['value'], `${item['kind']} ${name}`);
    return {
      node: property(text, undefinedValue(), true),
      accessor: {
        key: text,
        get: item['kind'] === 'get' ? fn : null,
        set: item['kind'] === 'set' ? fn : null,
      },
    };
  }
  if (computed && isAnonymousFunction(item['value'])) {
    const kept = f.temporary('key');
    const named = call(f.out.abi('nameFunction'), [convertAnonymous(f, item), identifier(kept), literal('')]);
    const text = assign(kept, call(f.out.abi('key'), [key]));
    return { node: { ...item, key: text, value: named, computed, method: false, shorthand: false } };
  }
  const value = item['method'] ? functionExpression(f, item['value'], name) : convert(f, item['value'], name);
  return { node: { ...item, key, value, computed, method: false, shorthand: false } };
}

function isAnonymousFunction(node: Node): boolean {
  return isFunction(node) && !node['id'];
}

function convertAnonymous(f: FunctionLowering, item: Node): Expression {
  return functionExpression(f, item['value']);
}

/** The literal, with accessors defined over their placeholders and `super`'s home object remembered. */
export function finishObject(
  f: FunctionLowering,
  node: Node,
  properties: readonly ConvertedProperty[],
): Expression {
  let result: Expression = place(object(properties.map((item) => item.node)), node);
  for (const { accessor } of properties) {
    if (!accessor) continue;
    result = call(
      f.out.abi('accessor'),
      [result, accessor.key, accessor.get ?? undefinedValue(), accessor.set ?? undefinedValue()],
      node,
    );
  }
  const home = f.out.analysis.bindingOf.get(node);
  if (home?.kind !== 'home') return result;
  if (!home.moduleLevel && f.resumable) f.hoist(home);
  return sequence([
    assign(f.variable(home), construct(f.out.abi('Box'), [])),
    assign(member(f.variable(home), 'v'), result),
  ]);
}
