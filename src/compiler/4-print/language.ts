/** How syntax trees are printed: as esrap does, but for an arrow function whose body would begin with the brace of a block. */
import ts from 'esrap/languages/ts';
import type { Node } from '../ast.ts';

type Visit = (node: Node, context: unknown) => void;

/** Visitors for `print` of esrap. */
export function language(): Record<string, Visit> {
  const visitors = ts() as unknown as Record<string, Visit>;
  const arrow = visitors['ArrowFunctionExpression']!;
  return {
    ...visitors,
    ArrowFunctionExpression: (node, context) => arrow(withBlock(node), context),
  };
}

/** `() => ({}) instanceof C`: esrap adds the parentheses only where an object literal is the whole body, or nearly so. */
function withBlock(node: Node): Node {
  const body = node['body'] as Node;
  if (body.type === 'BlockStatement' || body.type === 'ObjectExpression' || !beginsWithBrace(body))
    return node;
  return {
    ...node,
    expression: false,
    body: { type: 'BlockStatement', body: [{ type: 'ReturnStatement', argument: body }] },
  };
}

/** Fields that hold the first operand of an expression. */
const FIRST: Record<string, string> = {
  BinaryExpression: 'left',
  LogicalExpression: 'left',
  AssignmentExpression: 'left',
  ConditionalExpression: 'test',
  MemberExpression: 'object',
  CallExpression: 'callee',
  ChainExpression: 'expression',
  TaggedTemplateExpression: 'tag',
};

function beginsWithBrace(node: Node): boolean {
  if (node.type === 'ObjectExpression' || node.type === 'ObjectPattern') return true;
  const field = FIRST[node.type];
  return field !== undefined && beginsWithBrace(node[field] as Node);
}
