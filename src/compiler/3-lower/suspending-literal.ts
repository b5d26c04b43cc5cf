/** Object literals and templates with suspension points in their parts. */
import { type Node } from '../ast.ts';
import {
  array,
  arrow,
  call,
  evaluate,
  type Expression,
  identifier,
  literal,
  object,
  spread,
  type Statement,
  undefinedValue,
} from './builders.ts';
import { type ConvertedProperty, convertProperty, finishObject } from './object-literal.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { describe, methodReference } from './suspending-call.ts';
import { lower } from './suspending-expression.ts';
import { keep, operands } from './suspending-operands.ts';

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

export function lowerTagged(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const tag = node['tag'] as Node;
  const template = node['quasi'] as Node;
  let receiver: Expression = undefinedValue();
  let fn: Expression;
  if (tag.type === 'MemberExpression') ({ receiver, fn } = methodReference(f, tag, out));
  else fn = keep(f, lower(f, tag, out), out);
  const values = operands(f, template['expressions'], out) as Expression[];
  return call(
    f.out.abi('call'),
    [fn, receiver, array([templateObject(f, template), ...values]), literal(describe(tag))],
    node,
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
  f.out.prologue.unshift({
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: identifier(name), init: named }],
  });
  return identifier(name);
}
