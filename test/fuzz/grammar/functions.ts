/** Random functions: declarations, expressions, arrows and methods, with every form of parameters. */
import { leaf, number } from './numbers.ts';
import type { Method, Receiver, Scope } from './scope.ts';
import { block } from './statements.ts';

export type FunctionKind = Method['kind'];

const PREFIX: Record<FunctionKind, string> = {
  sync: 'function ',
  async: 'async function ',
  generator: 'function* ',
  asyncGenerator: 'async function* ',
};

const METHOD_PREFIX: Record<FunctionKind, string> = {
  sync: '',
  async: 'async ',
  generator: '*',
  asyncGenerator: 'async *',
};

export function functionKind(scope: Scope): FunctionKind {
  const { random } = scope;
  if (scope.shared.features.generators && random.chance(20))
    return random.chance(60) ? 'generator' : 'asyncGenerator';
  return random.chance(65) ? 'async' : 'sync';
}

const isAsync = (kind: FunctionKind): boolean => kind === 'async' || kind === 'asyncGenerator';
const isGenerator = (kind: FunctionKind): boolean => kind === 'generator' || kind === 'asyncGenerator';

/** `(parameters) { body }` of a function of two numbers. */
function parametersAndBody(
  scope: Scope,
  kind: FunctionKind,
  receiver: Receiver | undefined,
  arrow = false,
): string {
  const inner = scope.functionBody({
    async: isAsync(kind),
    generator: isGenerator(kind),
    receiver,
    hasArguments: arrow ? scope.context.hasArguments : true,
  });
  const parameters = parameterList(inner, scope);
  const lines = block(inner, 1 + scope.random.below(3));
  return `(${parameters}) ${arrow ? '=> ' : ''}{\nburn();\n${lines}\nreturn ${number(inner, 2)};\n}`;
}

function parameterList(inner: Scope, outer: Scope): string {
  const { random } = inner;
  const first = inner.declare(inner.fresh('p'), 'number');
  const second = inner.declare(inner.fresh('q'), 'number');
  // Defaults are evaluated before the body, in a scope without `await`.
  const plain = outer.functionBody({ receiver: inner.context.receiver });
  const ownDefault = leaf(plain);
  plain.declare(first, 'number');
  return random.pick([
    () => `${first}, ${second}`,
    () => `${first}, ${second}`,
    () => `${first}, ${second} = ${first}`,
    () => `${first} = ${ownDefault}, ${second} = ${number(plain, 1)}`,
    () => `${first}, ...[${second} = 3]`,
    () => `${first}, { a: ${second} = 4 } = {}`,
    () => {
      const list = inner.declare(inner.fresh('r'), 'array', true);
      return `${first}, ${second} = (() => ${first})(), ...${list}`;
    },
  ])();
}

/** `function name(...) {...}`: a declaration. */
export function functionDeclaration(scope: Scope, name: string, kind: FunctionKind): string {
  return `${PREFIX[kind]}${name}${parametersAndBody(scope, kind, undefined)}`;
}

/** A named function expression that may call itself. */
export function namedExpression(scope: Scope, kind: FunctionKind): string {
  const outer = scope.inner();
  const name = outer.declare(outer.fresh('self'), kind, true);
  return `(${PREFIX[kind]}${name}${parametersAndBody(outer, kind, undefined)})`;
}

/** Arrow function with a body. */
export function arrowFunction(scope: Scope, kind: 'sync' | 'async'): string {
  return `${kind === 'async' ? 'async ' : ''}${parametersAndBody(scope, kind, scope.context.receiver, true)}`;
}

/** `name(...) {...}` of a class or an object; `name` as it is written there. */
export function method(scope: Scope, name: string, kind: FunctionKind, receiver: Receiver): string {
  return `${METHOD_PREFIX[kind]}${name}${parametersAndBody(scope, kind, receiver)}`;
}

/** A small function as an argument: of one number, an expression only. */
export function functionExpression(scope: Scope, async: boolean, parameters: 0 | 1): string {
  const { random } = scope;
  const known = random.chance(20) ? scope.find(async ? 'async' : 'sync') : undefined;
  if (known) return known;
  const isArrow = random.chance(75);
  const inner = scope.functionBody({
    async,
    hasArguments: !isArrow || scope.context.hasArguments,
    receiver: isArrow ? scope.context.receiver : undefined,
  });
  const parameter = parameters === 1 ? inner.declare(inner.fresh('v'), 'number') : '';
  const value = number(inner, 2);
  const prefix = async ? 'async ' : '';
  return isArrow
    ? `${prefix}(${parameter}) => ${value}`
    : `${prefix}function (${parameter}) { return ${value}; }`;
}

/** A function that is called where it stands. */
export function iife(scope: Scope, depth: number): string {
  const { random, async } = scope;
  const inner = (): string => number(scope, depth - 1);
  const awaits = async && random.chance(65);
  const call = (fn: string, ...args: string[]): string =>
    awaits ? `(await (async ${fn})(${args.join(', ')}))` : `(${fn})(${args.join(', ')})`;
  const { receiver, hasArguments } = scope.context;
  const body = scope.functionBody({ async: awaits, receiver, hasArguments });
  switch (random.below(5)) {
    case 0:
      return call(`() => ${number(body, depth - 1)}`);
    case 1: {
      const name = body.declare(body.fresh('p'), 'number');
      return call(`(${name}) => ${number(body, depth - 1)}`, inner());
    }
    case 2: {
      const plain = scope.functionBody({ async: awaits, hasArguments: true, receiver: undefined });
      const name = plain.declare(plain.fresh('p'), 'number');
      return call(
        `function (${name}, q = ${leaf(plain)}) { return sum(q, ${number(plain, depth - 1)}); }`,
        inner(),
      );
    }
    case 3: {
      const name = body.declare(body.fresh('p'), 'number');
      return call(
        `({ a: ${name} = 2, ...rest }) => sum(rest.b, ${number(body, depth - 1)})`,
        `{ b: ${inner()} }`,
      );
    }
    default: {
      const name = body.declare(body.fresh('p'), 'number');
      return call(
        `(...[${name} = 1, ...more]) => sum(more.length, ${number(body, depth - 1)})`,
        inner(),
        inner(),
      );
    }
  }
}
