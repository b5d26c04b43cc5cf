/** Operands that are evaluated before a suspension point: kept in temporaries, from left to right. */
import { type Node } from '../ast.ts';
import {
  array,
  assign,
  binary,
  evaluate,
  type Expression,
  identifier,
  literal,
  logical,
  not,
  spread,
  type Statement,
  undefinedValue,
} from './builders.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { lower } from './suspending-expression.ts';

/** Keeps the present value of `value` in a temporary, unless it cannot change. `always`: also names that look constant. */
export function keep(f: FunctionLowering, value: Expression, out: Statement[], always = false): Expression {
  if (!always && isConstant(f, value)) return value;
  const target = f.temporary();
  out.push(evaluate(assign(target, value), value));
  return identifier(target);
}

function isConstant(f: FunctionLowering, value: Expression): boolean {
  if (value.type === 'Literal') return !value['regex'];
  if (value.type === 'UnaryExpression' && value['operator'] === 'void') return true;
  if (value.type !== 'Identifier') return false;
  const name = value['name'] as string;
  // A temporary is assigned once, before its only use.
  return (
    f.fixedNames.has(name) || (name.startsWith('$') && f.hoisted.includes(name) && !f.sourceNames.has(name))
  );
}

/** Operands evaluated from left to right; all before the last suspending one are kept in temporaries. Null: a hole. */
export function operands(
  f: FunctionLowering,
  nodes: readonly (Node | null)[],
  out: Statement[],
): (Expression | null)[] {
  const last = nodes.findLastIndex((node) => f.suspends(node));
  return nodes.map((node, index) => {
    if (!node) return null;
    if (node.type === 'SpreadElement') {
      const value = lower(f, node['argument'], out);
      return index < last ? spread(keep(f, array([spread(value)]), out, true)) : { ...node, argument: value };
    }
    const value = lower(f, node, out);
    return index < last ? keep(f, value, out) : value;
  });
}

/** Whether a logical operator evaluates its right side. */
export function goesOn(operator: string, left: Expression): Expression {
  if (operator === '&&') return left;
  if (operator === '||') return not(left);
  return logical('||', binary('===', left, literal(null)), binary('===', left, undefinedValue()));
}
