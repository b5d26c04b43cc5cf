/** Where a syntax tree needs parentheses to be read as it is. */
import type { Node } from '../ast.ts';

/** How strongly an expression holds together (ECMA-262 13): one with less than its place asks for gets parentheses. */
export const Strength = {
  sequence: 0,
  assignment: 1,
  conditional: 2,
  bitwiseOr: 6,
  exponent: 14,
  unary: 15,
  update: 16,
  chain: 17,
  call: 18,
  primary: 20,
} as const;

const OPERATORS: Readonly<Record<string, number>> = {
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '===': 9,
  '!==': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  in: 10,
  instanceof: 10,
  '<<': 11,
  '>>': 11,
  '>>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};

export function strengthOf(node: Node): number {
  switch (node.type) {
    case 'SequenceExpression':
      return Strength.sequence;
    case 'AssignmentExpression':
    case 'ArrowFunctionExpression':
    case 'YieldExpression':
      return Strength.assignment;
    case 'ConditionalExpression':
      return Strength.conditional;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return OPERATORS[node['operator'] as string]!;
    case 'UnaryExpression':
    case 'AwaitExpression':
      return Strength.unary;
    case 'UpdateExpression':
      return node['prefix'] ? Strength.unary : Strength.update;
    case 'ChainExpression':
      return Strength.chain;
    case 'CallExpression':
    case 'NewExpression':
    case 'MemberExpression':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
      return Strength.call;
    case 'Literal':
      // `1 .toFixed()`, `-1 ** 2`: neither can stand there as it is.
      if (typeof node['value'] === 'number')
        return node['value'] < 0 || Object.is(node['value'], -0) ? Strength.unary : Strength.chain;
      return Strength.primary;
    default:
      return Strength.primary;
  }
}

/** What both operands of a binary operator must have at least. */
export function operandStrength(node: Node): { readonly left: number; readonly right: number } {
  const own = strengthOf(node);
  if (node['operator'] === '**') return { left: Strength.update, right: own };
  // `??` does not mix with `||` and `&&` without parentheses.
  if (node['operator'] === '??')
    return { left: isCoalescing(node['left']) ? own : Strength.bitwiseOr, right: Strength.bitwiseOr };
  return { left: own, right: own + 1 };
}

const isCoalescing = (node: Node): boolean => node.type === 'LogicalExpression' && node['operator'] === '??';

/** Fields that hold what an expression begins with. */
const FIRST: Readonly<Record<string, string>> = {
  BinaryExpression: 'left',
  LogicalExpression: 'left',
  AssignmentExpression: 'left',
  ConditionalExpression: 'test',
  MemberExpression: 'object',
  CallExpression: 'callee',
  ChainExpression: 'expression',
  TaggedTemplateExpression: 'tag',
};

/** What an expression begins with, parentheses aside. */
function first(node: Node): Node {
  if (node.type === 'SequenceExpression') return first(node['expressions'][0]);
  if (node.type === 'UpdateExpression' && !node['prefix']) return first(node['argument']);
  const field = FIRST[node.type];
  return field === undefined ? node : first(node[field] as Node);
}

/** An arrow function's body that begins with a brace would be a block. */
export function beginsWithBrace(node: Node): boolean {
  const { type } = first(node);
  return type === 'ObjectExpression' || type === 'ObjectPattern';
}

/** A statement that begins so would be a block or a declaration. */
export function beginsLikeStatement(node: Node): boolean {
  const { type } = first(node);
  return (
    type === 'ObjectExpression' ||
    type === 'ObjectPattern' ||
    type === 'FunctionExpression' ||
    type === 'ClassExpression'
  );
}

/** `new (f().C)()`: the first arguments after `new` are its own. */
export function hasCall(callee: Node): boolean {
  switch (callee.type) {
    case 'CallExpression':
    case 'ImportExpression':
    case 'ChainExpression':
      return true;
    case 'MemberExpression':
      return hasCall(callee['object']);
    case 'TaggedTemplateExpression':
      return hasCall(callee['tag']);
    default:
      return false;
  }
}
