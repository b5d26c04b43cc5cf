/** switch. With suspension points: first find the case, then a native switch over case numbers, so that falling through stays native. */
import type { Node } from '../ast.ts';
import {
  assign,
  binary,
  block,
  declare,
  evaluate,
  identifier,
  labelled,
  leave,
  literal,
  when,
  type Statement,
} from './builders.ts';
import { enterScope } from './declarations.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { lowerStatement, operand, withLabels } from './statement.ts';

export function lowerSwitch(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  labels: readonly string[],
): void {
  const cases = node['cases'] as Node[];
  const lists = cases.map((item) => item['consequent'] as Node[]);
  f.jumps.push({ type: 'switch', labels });
  if (!f.suspends(node)) {
    const entry: Statement[] = [];
    const discriminant = convert(f, node['discriminant']);
    enterScope(f, node, lists.flat(), entry);
    const statement = {
      ...node,
      discriminant,
      cases: cases.map((item, index) => ({
        ...item,
        test: item['test'] && convert(f, item['test']),
        consequent: lowerAll(f, lists[index]!),
      })),
    };
    f.jumps.pop();
    if (entry.length === 0) out.push(withLabels(labels, statement));
    else {
      // Boxes of the switch's scope are made before it; the discriminant stands outside of that scope.
      const value = f.out.names.local('$discriminant');
      const inside = withLabels(labels, { ...statement, discriminant: identifier(value) });
      out.push(block([declare('const', value, discriminant), block([...entry, inside])]));
    }
    return;
  }
  const value = f.temporary();
  const chosen = f.temporary('case');
  out.push(evaluate(assign(value, operand(f, node['discriminant'], out))));
  enterScope(f, node, lists.flat(), out);
  const search: Statement[] = [evaluate(assign(chosen, literal(cases.findIndex((item) => !item['test']))))];
  const found = f.label();
  cases.forEach((item, index) => {
    if (!item['test']) return;
    const test = operand(f, item['test'], search);
    search.push(
      when(binary('===', identifier(value), test), [
        block([evaluate(assign(chosen, literal(index))), leave(found)]),
      ]),
    );
  });
  out.push(labelled(found, block(search)));
  const numbered = {
    type: 'SwitchStatement',
    discriminant: identifier(chosen),
    $numbered: true,
    cases: cases.map((item, index) => ({
      type: 'SwitchCase',
      test: literal(index),
      consequent: lowerAll(f, lists[index]!),
    })),
    ...(node.loc ? { loc: node.loc } : {}),
  };
  f.jumps.pop();
  out.push(withLabels(labels, numbered));
}

function lowerAll(f: FunctionLowering, statements: readonly Node[]): Statement[] {
  const out: Statement[] = [];
  for (const statement of statements) lowerStatement(f, statement, out);
  return out;
}
