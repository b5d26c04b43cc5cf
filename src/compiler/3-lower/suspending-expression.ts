/**
 * Expressions with suspension points. What is evaluated before a suspension point is kept in temporaries, in the order
 * of ECMA-262; the expression that is returned has no suspension point left and is evaluated right after `out`.
 */
import { type Node } from '../ast.ts';
import {
  array,
  assign,
  block,
  call,
  evaluate,
  type Expression,
  identifier,
  literal,
  type Statement,
  suspend,
  undefinedValue,
  when,
} from './builders.ts';
import { madeClass } from './class-at-run-time.ts';
import { convert } from './expression.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { lowerAssignment, lowerMember, lowerUpdate } from './suspending-assignment.ts';
import { describe, isTemporary, lowerCall, lowerChain } from './suspending-call.ts';
import { lowerObject, lowerTemplate } from './suspending-literal.ts';
import { goesOn, operands } from './suspending-operands.ts';
import { lowerTagged } from './tagged-template.ts';
import { lowerDelegation, lowerYield } from './yield.ts';

/** `unused`: the value is not needed, as in an expression statement. */
export function lower(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  hint = '',
  unused = false,
): Expression {
  if (!f.suspends(node)) return convert(f, node, hint);
  switch (node.type) {
    case 'AwaitExpression': {
      const value = lower(f, node['argument'], out);
      const target = unused ? null : f.temporary();
      out.push(suspend(value, target, node));
      return target === null ? undefinedValue() : identifier(target);
    }
    case 'YieldExpression':
      return node['delegate'] ? lowerDelegation(f, node, out, unused) : lowerYield(f, node, out, unused);
    case 'UnaryExpression':
      return lowerUnary(f, node, out);
    case 'UpdateExpression':
      return lowerUpdate(f, node, out);
    case 'BinaryExpression':
      return lowerBinary(f, node, out);
    case 'LogicalExpression':
      return lowerLogical(f, node, out);
    case 'ConditionalExpression':
      return lowerConditional(f, node, out);
    case 'SequenceExpression': {
      const expressions = node['expressions'] as Node[];
      for (const item of expressions.slice(0, -1)) {
        const value = lower(f, item, out, '', true);
        out.push(evaluate(value, item));
      }
      return lower(f, expressions.at(-1)!, out, '', unused);
    }
    case 'AssignmentExpression':
      return lowerAssignment(f, node, out);
    case 'MemberExpression':
      return lowerMember(f, node, out);
    case 'CallExpression':
      return lowerCall(f, node, out);
    case 'NewExpression': {
      const [callee, ...args] = operands(f, [node['callee'], ...node['arguments']], out);
      if (!isTemporary(f, callee!)) return { ...node, callee, arguments: args };
      const text = literal(describe(node['callee']));
      return call(f.out.abi('construct'), [callee!, array(args), text], node);
    }
    case 'ChainExpression':
      return lowerChain(f, node, out);
    case 'ArrayExpression':
      return { ...node, elements: operands(f, node['elements'], out) };
    case 'ClassExpression':
      return madeClass(f, node, hint, out);
    case 'ObjectExpression':
      return lowerObject(f, node, out);
    case 'TemplateLiteral':
      return lowerTemplate(f, node, out);
    case 'TaggedTemplateExpression':
      return lowerTagged(f, node, out);
    case 'ImportExpression':
      return call(f.out.abi('import'), [lower(f, node['source'], out)], node);
    default:
      throw new Error(`Unknown suspending expression ${node.type}`);
  }
}

function lowerUnary(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const argument = node['argument'] as Node;
  if (node['operator'] !== 'delete') return { ...node, argument: lower(f, argument, out) };
  if (argument.type === 'ChainExpression') return lowerChain(f, argument, out, { isDelete: true });
  if (argument.type === 'MemberExpression') return { ...node, argument: lowerMember(f, argument, out) };
  return { ...node, argument: lower(f, argument, out) };
}

function lowerBinary(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  if (node['left'].type === 'PrivateIdentifier') return { ...node, right: lower(f, node['right'], out) };
  const [left, right] = operands(f, [node['left'], node['right']], out);
  return { ...node, left, right };
}

function lowerLogical(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const left = lower(f, node['left'], out);
  if (!f.suspends(node['right'])) return { ...node, left, right: convert(f, node['right']) };
  const result = f.temporary();
  out.push(evaluate(assign(result, left)));
  const inner: Statement[] = [];
  inner.push(evaluate(assign(result, lower(f, node['right'], inner))));
  out.push(when(goesOn(node['operator'], identifier(result)), [block(inner)]));
  return identifier(result);
}

function lowerConditional(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const test = lower(f, node['test'], out);
  if (!f.suspends(node['consequent']) && !f.suspends(node['alternate'])) {
    return {
      ...node,
      test,
      consequent: convert(f, node['consequent']),
      alternate: convert(f, node['alternate']),
    };
  }
  const result = f.temporary();
  const branch = (side: Node): Statement[] => {
    const inner: Statement[] = [];
    inner.push(evaluate(assign(result, lower(f, side, inner))));
    return inner;
  };
  out.push({
    ...when(test, [block(branch(node['consequent']))]),
    alternate: block(branch(node['alternate'])),
  });
  return identifier(result);
}
