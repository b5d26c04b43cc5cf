import { parseSync } from 'oxc-parser';
import { stripTypes } from './native.ts';

/**
 * Rewrites a program so that it suspends before every expression of its async functions: `f(a, b)` becomes
 * `(await null, f((await null, a), (await null, b)))`, with all temporaries of the surrounding expressions alive.
 *
 * Left as they are, because a wrapper would change their meaning: callees and tags that are members (`this`), operands of `typeof`
 * and `delete`, assignment targets, the inside of an optional chain, functions and classes (they take their name from where they
 * stand), parameters and everything outside async functions (no `await` there).
 *
 * `wait` is what stands for `null`. Programs whose result depends on how many jobs something takes give another result afterwards.
 */
export function suspendBeforeEveryExpression(source: string, filename: string, wait = 'null'): string {
  const code = stripTypes(source, filename);
  const { program, errors } = parseSync(`${filename}.js`, code, {
    lang: 'js',
    sourceType: 'module',
    preserveParens: false,
  });
  if (errors.length > 0) throw new SyntaxError(errors[0]!.message);
  return rewrite(program as unknown as Node, false);

  /** The text of `node` with the expressions below it wrapped. */
  function rewrite(node: Node, inAsync: boolean): string {
    let text = '';
    let at = node.start;
    for (const { child, key } of childrenOf(node)) {
      if (child.end <= at) continue; // `import { a }`: both names are the same text
      const here = isFunction(node)
        ? key === 'body' && node['async'] === true
        : inAsync && !isClassPart(node);
      const inner = rewrite(child, here);
      text +=
        code.slice(at, child.start) +
        (here && isWrappable(node, key, child) ? `(await ${wait}, ${inner})` : inner);
      at = child.end;
    }
    return text + code.slice(at, node.end);
  }
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Fields that hold an expression whose value, and nothing else, is used. */
const VALUE_FIELDS: Record<string, readonly string[]> = {
  ExpressionStatement: ['expression'],
  VariableDeclarator: ['init'],
  ReturnStatement: ['argument'],
  ThrowStatement: ['argument'],
  IfStatement: ['test'],
  WhileStatement: ['test'],
  DoWhileStatement: ['test'],
  ForStatement: ['init', 'test', 'update'],
  ForInStatement: ['right'],
  ForOfStatement: ['right'],
  SwitchStatement: ['discriminant'],
  SwitchCase: ['test'],
  BinaryExpression: ['left', 'right'],
  LogicalExpression: ['left', 'right'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  UnaryExpression: ['argument'],
  SequenceExpression: ['expressions'],
  AssignmentExpression: ['right'],
  AssignmentPattern: ['right'],
  ArrayExpression: ['elements'],
  SpreadElement: ['argument'],
  CallExpression: ['callee', 'arguments'],
  NewExpression: ['callee', 'arguments'],
  MemberExpression: ['object'],
  TemplateLiteral: ['expressions'],
  AwaitExpression: ['argument'],
  ArrowFunctionExpression: ['body'],
};

const NEVER_WRAPPED = new Set([
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassExpression',
  'SpreadElement',
  'BlockStatement',
  'VariableDeclaration',
  'PrivateIdentifier',
  'Super',
]);

function isWrappable(parent: Node, key: string, child: Node): boolean {
  if (NEVER_WRAPPED.has(child.type)) return false;
  if (parent.type === 'ExpressionStatement' && typeof parent['directive'] === 'string') return false;
  if (parent.type === 'UnaryExpression')
    return parent['operator'] !== 'typeof' && parent['operator'] !== 'delete';
  const isMemberLike = ['MemberExpression', 'CallExpression', 'ChainExpression'].includes(child.type);
  if (key === 'callee' && parent.type === 'CallExpression' && isMemberLike) return false;
  if (parent.type === 'MemberExpression') {
    // Inside an optional chain a wrapper would end the short circuit; it cannot be told from here, so members of members stay.
    return key === 'property' ? parent['computed'] === true : !isMemberLike;
  }
  if (parent.type === 'Property') {
    if (key === 'key') return parent['computed'] === true;
    return parent['kind'] === 'init' && !parent['method'] && !parent['shorthand'] && !targets.has(parent);
  }
  return VALUE_FIELDS[parent.type]?.includes(key) ?? false;
}

/** The properties of object patterns: their values are assignment targets. */
const targets = new WeakSet<Node>();

function isFunction({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
  );
}

function isClassPart({ type }: Node): boolean {
  return type === 'PropertyDefinition' || type === 'StaticBlock';
}

function childrenOf(node: Node): { child: Node; key: string }[] {
  const children: { child: Node; key: string }[] = [];
  for (const key of Object.keys(node)) {
    if (key === 'key' && node['shorthand'] === true) continue; // the value covers the same text
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue;
      if (node.type === 'ObjectPattern') targets.add(child);
      children.push({ child, key });
    }
  }
  return children.sort((a, b) => a.child.start - b.child.start);
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Node).type === 'string' &&
    'start' in value
  );
}
