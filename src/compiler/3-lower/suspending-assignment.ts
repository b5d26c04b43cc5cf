/** Assignments and member accesses with suspension points in target, key or value. */
import { type Node } from '../ast.ts';
import {
  assign,
  binary,
  block,
  call,
  evaluate,
  type Expression,
  identifier,
  literal,
  type Statement,
  when,
} from './builders.ts';
import { assignTo } from './assignment.ts';
import { convert } from './expression.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { lowerPattern } from './pattern.ts';
import { superHome } from './super.ts';
import { lower } from './suspending-expression.ts';
import { goesOn, keep, operands } from './suspending-operands.ts';

export function lowerUpdate(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const argument = node['argument'] as Node;
  if (argument['object'].type !== 'Super') return { ...node, argument: lowerMember(f, argument, out) };
  const target = memberReference(f, argument, out);
  const step = node['operator'] === '++' ? '+' : '-';
  const stored = target.store(binary(step, target.load(), literal(1)), node);
  return node['prefix'] ? stored : binary(step === '+' ? '-' : '+', stored, literal(1));
}

export function lowerAssignment(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const left = node['left'] as Node;
  const operator = node['operator'] as string;
  if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
    const value = keep(f, lower(f, node['right'], out), out);
    if (f.suspends(left)) lowerPattern(f, left, value, out);
    else out.push(evaluate(assign(convert(f, left), value, node)));
    return value;
  }
  const isLogical = /^(\|\||&&|\?\?)=$/.test(operator);
  if (left.type === 'Identifier') {
    if (operator === '=') return assignTo(f, left, '=', lower(f, node['right'], out, left['name']), node);
    if (isLogical) {
      const store = (inner: Statement[]): Expression =>
        assignTo(f, left, '=', lower(f, node['right'], inner, left['name']), node);
      return lowerLogicalAssignment(f, operator, convert(f, left), store, out);
    }
    const current = keep(f, convert(f, left), out, true);
    const right = lower(f, node['right'], out);
    return assignTo(f, left, '=', binary(operator.slice(0, -1), current, right), node);
  }
  const target = memberReference(f, left, out);
  if (operator === '=') return target.store(lower(f, node['right'], out), node);
  if (isLogical) {
    return lowerLogicalAssignment(
      f,
      operator,
      target.load(),
      (inner) => target.store(lower(f, node['right'], inner), node),
      out,
    );
  }
  const current = keep(f, target.load(), out, true);
  const right = lower(f, node['right'], out);
  return target.store(binary(operator.slice(0, -1), current, right), node);
}

function lowerLogicalAssignment(
  f: FunctionLowering,
  operator: string,
  current: Expression,
  store: (inner: Statement[]) => Expression,
  out: Statement[],
): Expression {
  const result = f.temporary();
  out.push(evaluate(assign(result, current)));
  const inner: Statement[] = [];
  inner.push(evaluate(assign(result, store(inner))));
  out.push(when(goesOn(operator.slice(0, -1), identifier(result)), [block(inner)]));
  return identifier(result);
}

interface MemberReference {
  load(): Expression;
  store(value: Expression, at: Node): Expression;
}

/** Evaluates object and key of an assignment target now. */
function memberReference(f: FunctionLowering, node: Node, out: Statement[]): MemberReference {
  const home = node['object'].type === 'Super' ? superHome(f, node['object']) : undefined;
  if (home) {
    const key = node['computed']
      ? keep(f, lower(f, node['property'], out), out)
      : literal(node['property'].name);
    return {
      load: () => call(f.out.abi('superGet'), [home.object, key, home.receiver], node),
      store: (value, at) => call(f.out.abi('superSet'), [home.object, key, value, home.receiver], at),
    };
  }
  const target = keep(f, lower(f, node['object'], out), out);
  let property = node['property'] as Expression;
  if (node['computed']) property = keep(f, lower(f, property, out), out);
  const place = { ...node, object: target, property };
  return { load: () => ({ ...place }), store: (value, at) => assign({ ...place }, value, at) };
}

/** A member expression whose object or key suspends. */
export function lowerMember(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  if (node['object'].type === 'Super') {
    const home = superHome(f, node['object'])!;
    return call(f.out.abi('superGet'), [home.object, lower(f, node['property'], out), home.receiver], node);
  }
  if (!node['computed']) return { ...node, object: lower(f, node['object'], out) };
  const [target, property] = operands(f, [node['object'], node['property']], out);
  return { ...node, object: target, property };
}
