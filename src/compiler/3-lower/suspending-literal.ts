/** Object literals and templates with suspension points in their parts. */
import { type Node } from '../ast.ts';
import { call, evaluate, type Expression, object, spread, type Statement } from './builders.ts';
import { type ConvertedProperty, convertProperty, finishObject } from './object-literal.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { lower } from './suspending-expression.ts';
import { keep } from './suspending-operands.ts';

export function lowerObject(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const items = node['properties'] as Node[];
  const last = items.findLastIndex((item) => f.suspends(item));
  const properties: ConvertedProperty[] = items.map((item, index) => {
    const before = index < last;
    if (item.type === 'SpreadElement') {
      const value = lower(f, item['argument'], out);
      return {
        node: before ? spread(keep(f, object([spread(value)]), out, true)) : { ...item, argument: value },
      };
    }
    const computeKey = (key: Node): Expression => {
      const value = lower(f, key, out);
      return before || f.suspends(item['value'])
        ? keep(f, call(f.out.abi('key'), [value]), out, true)
        : value;
    };
    if (!f.suspends(item['value'])) {
      const converted = convertProperty(f, item, computeKey);
      if (!before) return converted;
      if (converted.node['key'].type === 'AssignmentExpression') {
        // A key that is needed twice: evaluated in its turn.
        out.push(evaluate(converted.node['key']));
        converted.node['key'] = converted.node['key'].left;
      }
      if (converted.accessor) return converted;
      return { node: { ...converted.node, value: keep(f, converted.node['value'], out) } };
    }
    const computed = item['computed'] as boolean;
    const key = computed ? computeKey(item['key']) : item['key'];
    const value = lower(f, item['value'], out);
    return { node: { ...item, key, value: before ? keep(f, value, out) : value, shorthand: false } };
  });
  return finishObject(f, node, properties);
}

/** Each part is converted to a string at once, as the specification does. */
export function lowerTemplate(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const expressions = node['expressions'] as Node[];
  const last = expressions.findLastIndex((item) => f.suspends(item));
  const text = (value: Expression): Expression => ({
    type: 'TemplateLiteral',
    quasis: [quasi(''), quasi('', true)],
    expressions: [value],
  });
  const parts = expressions.map((item, index) => {
    const value = lower(f, item, out);
    return index < last ? keep(f, text(value), out, true) : value;
  });
  return { ...node, expressions: parts };
}

function quasi(raw: string, tail = false): Node {
  return { type: 'TemplateElement', value: { raw, cooked: raw }, tail };
}
