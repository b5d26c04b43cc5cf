/** Constructors of ESTree nodes. `at` is the author's node whose place the new one takes in the source map. */
import type { Node } from '../ast.ts';

export type Expression = Node;
export type Statement = Node;

export function place<T extends Node>(node: T, at: Node | undefined): T {
  if (at?.loc && !node.loc) node.loc = at.loc;
  return node;
}

export const identifier = (name: string, at?: Node): Expression => place({ type: 'Identifier', name }, at);

export function literal(value: string | number | boolean | null): Expression {
  return { type: 'Literal', value, raw: typeof value === 'string' ? JSON.stringify(value) : String(value) };
}

export const undefinedValue = (): Expression => ({
  type: 'UnaryExpression',
  operator: 'void',
  prefix: true,
  argument: literal(0),
});

export const call = (callee: Expression | string, args: Node[], at?: Node): Expression =>
  place(
    {
      type: 'CallExpression',
      callee: typeof callee === 'string' ? identifier(callee) : callee,
      arguments: args,
      optional: false,
    },
    at,
  );

export const construct = (callee: Expression | string, args: Node[], at?: Node): Expression =>
  place(
    {
      type: 'NewExpression',
      callee: typeof callee === 'string' ? identifier(callee) : callee,
      arguments: args,
    },
    at,
  );

export const member = (object: Expression | string, property: string, at?: Node): Expression =>
  place(
    {
      type: 'MemberExpression',
      object: typeof object === 'string' ? identifier(object) : object,
      property: identifier(property),
      computed: false,
      optional: false,
    },
    at,
  );

export const element = (object: Expression, property: Expression, at?: Node): Expression =>
  place({ type: 'MemberExpression', object, property, computed: true, optional: false }, at);

export const assign = (left: Expression | string, right: Expression, at?: Node): Expression =>
  place(
    {
      type: 'AssignmentExpression',
      operator: '=',
      left: typeof left === 'string' ? identifier(left) : left,
      right,
    },
    at,
  );

export const binary = (operator: string, left: Expression, right: Expression): Expression => ({
  type: 'BinaryExpression',
  operator,
  left,
  right,
});

export const logical = (operator: string, left: Expression, right: Expression): Expression => ({
  type: 'LogicalExpression',
  operator,
  left,
  right,
});

export const conditional = (test: Expression, consequent: Expression, alternate: Expression): Expression => ({
  type: 'ConditionalExpression',
  test,
  consequent,
  alternate,
});

export const not = (argument: Expression): Expression => ({
  type: 'UnaryExpression',
  operator: '!',
  prefix: true,
  argument,
});

export const sequence = (expressions: Expression[]): Expression =>
  expressions.length === 1 ? expressions[0]! : { type: 'SequenceExpression', expressions };

export const array = (elements: (Node | null)[]): Expression => ({ type: 'ArrayExpression', elements });

export const spread = (argument: Expression): Node => ({ type: 'SpreadElement', argument });

export const object = (properties: Node[]): Expression => ({ type: 'ObjectExpression', properties });

export const property = (key: Expression, value: Expression, computed = false): Node => ({
  type: 'Property',
  kind: 'init',
  key,
  value,
  computed,
  method: false,
  shorthand: false,
});

/** `set name(given) { body }`, as property of a literal. */
export const getter = (name: string, body: Statement[]): Node => ({
  ...setter(name, '', body),
  kind: 'get',
  value: {
    type: 'FunctionExpression',
    id: null,
    params: [],
    body: block(body),
    async: false,
    generator: false,
  },
});

export const setter = (name: string, given: string, body: Statement[]): Node => ({
  ...property(identifier(name), {
    type: 'FunctionExpression',
    id: null,
    params: [identifier(given)],
    body: block(body),
    async: false,
    generator: false,
    expression: false,
  }),
  kind: 'set',
});

export const evaluate = (expression: Expression, at?: Node): Statement =>
  place({ type: 'ExpressionStatement', expression }, at ?? expression);

export const declare = (kind: 'let' | 'const', name: Node | string, init: Expression | null): Statement => ({
  type: 'VariableDeclaration',
  kind,
  declarations: [
    { type: 'VariableDeclarator', id: typeof name === 'string' ? identifier(name) : name, init },
  ],
});

export const declareAll = (names: readonly string[]): Statement => ({
  type: 'VariableDeclaration',
  kind: 'let',
  declarations: names.map((name) => ({ type: 'VariableDeclarator', id: identifier(name), init: null })),
});

export const block = (body: Statement[], at?: Node): Statement => place({ type: 'BlockStatement', body }, at);

export const when = (test: Expression, consequent: Statement[], alternate?: Statement[]): Statement => ({
  type: 'IfStatement',
  test,
  consequent:
    consequent.length === 1 && consequent[0]!.type !== 'VariableDeclaration'
      ? consequent[0]!
      : block(consequent),
  alternate: alternate && alternate.length > 0 ? block(alternate) : null,
});

export const give = (argument: Expression | null, at?: Node): Statement =>
  place({ type: 'ReturnStatement', argument }, at);

export const raise = (argument: Expression, at?: Node): Statement =>
  place({ type: 'ThrowStatement', argument }, at);

export const leave = (label: string | null): Statement => ({
  type: 'BreakStatement',
  label: label === null ? null : identifier(label),
});

export const labelled = (label: string, body: Statement): Statement => ({
  type: 'LabeledStatement',
  label: identifier(label),
  body,
});

export const forever = (body: Statement[]): Statement => ({
  type: 'ForStatement',
  init: null,
  test: null,
  update: null,
  body: block(body),
});

export const attempt = (
  body: Statement[],
  handler: { param: Node | null; body: Statement[] } | null,
  finalizer: Statement[] | null,
): Statement => ({
  type: 'TryStatement',
  block: block(body),
  handler: handler && { type: 'CatchClause', param: handler.param, body: block(handler.body) },
  finalizer: finalizer && block(finalizer),
});

export const arrow = (params: Node[], body: Node, at?: Node): Expression =>
  place(
    {
      type: 'ArrowFunctionExpression',
      id: null,
      params,
      body,
      expression: body.type !== 'BlockStatement',
      async: false,
      generator: false,
    },
    at,
  );

/** Where a lowered function waits. Only in statement lists of phase 3; printing never sees it. */
export const suspend = (value: Expression, target: string | null, at: Node): Statement =>
  place({ type: '$Suspend', kind: 'await', value, target }, at);

/**
 * Where a generator hands over a value: `yield` (a value), `pass` (an iterator result of `yield*`), `initial` (nothing: its
 * parameters are bound, its body has not begun).
 */
export const suspendGenerator = (
  kind: 'yield' | 'pass' | 'initial',
  value: Expression,
  target: string | null,
  at: Node,
): Statement => place({ type: '$Suspend', kind, value, target }, at);

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** `{ name: fn }.name`: gives an anonymous function expression the name that its place in the source gives it. */
export function nameFunction(fn: Expression, name: string): Expression {
  const plain = IDENTIFIER.test(name) && name !== '__proto__';
  if (fn['method'] === true) {
    // A method: no prototype property, not a constructor, like an async function.
    const key = plain ? identifier(name) : literal(name);
    const { method: _, ...value } = fn;
    const literalNode = object([
      { type: 'Property', kind: 'init', key, value, computed: !plain, method: true, shorthand: false },
    ]);
    return plain ? member(literalNode, name) : element(literalNode, literal(name));
  }
  if (name === '') return fn;
  const key = plain ? identifier(name) : literal(name);
  const literalNode = object([property(key, fn, !plain)]);
  return plain ? member(literalNode, name) : element(literalNode, literal(name));
}
