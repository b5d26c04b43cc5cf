/** Assignments, updates and patterns without suspension points. */
import { type Binding } from '../2-analyze/model.ts';
import { type Node } from '../ast.ts';
import {
  array,
  binary,
  call,
  element,
  evaluate,
  type Expression,
  identifier,
  literal,
  logical,
  member,
  object,
  place,
  sequence,
  setter,
} from './builders.ts';
import { convert } from './expression.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { superHome, superPlace } from './super.ts';

export function convertAssignment(f: FunctionLowering, node: Node): Expression {
  const left = node['left'] as Node;
  if (isSuperMember(left) && superHome(f, left['object'])) {
    if (node['operator'] === '=') return superAssignment(f, node, left);
    return { ...node, left: superPlace(f, left), right: convert(f, node['right']) };
  }
  const right = convert(f, node['right'], left.type === 'Identifier' ? left['name'] : '');
  if (left.type !== 'Identifier')
    return { ...node, left: convert(f, left), right: namedPrototype(f, node, right) };
  return assignTo(f, left, node['operator'], right, node);
}

/** `F.prototype = value` at module level: the object exists once per realm, and instances of F refer to it. */
function namedPrototype(f: FunctionLowering, node: Node, value: Expression): Expression {
  const left = node['left'] as Node;
  const isPrototype =
    f.fn.kind === 'module' &&
    node['operator'] === '=' &&
    left.type === 'MemberExpression' &&
    !left['computed'] &&
    left['property'].name === 'prototype';
  if (!isPrototype) return value;
  return call(f.out.abi('named'), [literal(`prototype:${f.out.sourceIndex}:${node.start}`), value]);
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
    const thrown = call(f.out.abi('constant'), [literal(binding.name)], at);
    const failure = f.isChecked(binding, target) ? sequence([f.read(binding, target), thrown]) : thrown;
    if (/^(\|\||&&|\?\?)=$/.test(operator))
      return logical(operator.slice(0, -1), f.read(binding, target), sequence([right, failure]));
    const value = operator === '=' ? right : binary(operator.slice(0, -1), f.read(binding, target), right);
    return sequence([value, failure]);
  }
  if (binding.kind === 'self' || (binding.kind === 'class' && binding.owner.kind === 'class'))
    return place(sequence([right, call(f.out.abi('constant'), [literal(binding.name)])]), at);
  const checked = f.isChecked(binding, target);
  const assignment = { ...at, type: 'AssignmentExpression', operator, left: location, right };
  if (!checked) return assignment;
  // A plain assignment notices it after the value, any other one before.
  if (operator === '=')
    return { ...assignment, right: element(array([right, f.read(binding, target)]), literal(0)) };
  return sequence([f.read(binding, target), assignment]);
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

const isSuperMember = (node: Node): boolean =>
  node.type === 'MemberExpression' && node['object'].type === 'Super';

function superAssignment(f: FunctionLowering, node: Node, left: Node): Expression {
  const home = superHome(f, left['object'])!;
  const key = left['computed'] ? convert(f, left['property']) : literal(left['property'].name);
  const right = convert(f, node['right']);
  return call(f.out.abi('superSet'), [home.object, key, right, home.receiver], node);
}

export function convertUpdate(f: FunctionLowering, node: Node): Expression {
  const argument = node['argument'] as Node;
  const inSuper = isSuperMember(argument) ? superPlace(f, argument) : undefined;
  if (inSuper) return { ...node, argument: inSuper };
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
export function convertPattern(f: FunctionLowering, node: Node): Node {
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

/** What a pattern assigns to. Where the assignment itself may throw, it is a setter that does it. */
function target(f: FunctionLowering, node: Node): Node {
  if (isSuperMember(node)) return superPlace(f, node) ?? convert(f, node);
  if (node.type !== 'Identifier') return convert(f, node);
  const binding = f.out.analysis.bindingOf.get(node);
  if (!binding) return { ...node, name: f.out.names.global(node['name']) };
  const throws = (isConstant(f, binding) && !isDeclaration(binding, node)) || binding.kind === 'self';
  if (!throws && !f.isChecked(binding, node)) return f.location(binding, node);
  const given = f.out.names.local('$given');
  const store = assignTo(f, node, '=', identifier(given), node);
  return member(object([setter('v', given, [evaluate(store)])]), 'v', node);
}

export const convertTarget = target;
