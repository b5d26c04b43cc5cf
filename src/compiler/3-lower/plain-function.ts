/** Functions without suspension points: as written, with captured variables that change moved into boxes. */
import type { Node } from '../ast.ts';
import type { Binding } from '../2-analyze/model.ts';
import {
  block,
  construct,
  declare,
  declareAll,
  give,
  identifier,
  spread,
  array,
  type Statement,
} from './builders.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { guard, isGuarded, isHarmlessParameter } from './instance-guard.ts';
import { bindParameters, parameterBindings, placeholders } from './parameters.ts';
import { functionBody } from './statement.ts';

/** The function node; `method: true` on it asks for method semantics where it is named. */
export function plainFunction(f: FunctionLowering): Node {
  const { node } = f.fn;
  const prologue: Statement[] = [];
  if (f.fn.thisBinding?.boxed) {
    const first = identifier(f.out.abi('UNSET'));
    prologue.push(declare('const', f.name(f.fn.thisBinding), construct(f.out.abi('Box'), [first])));
  }
  f.inParameters = true;
  const params = convertParameters(f, prologue);
  f.inParameters = false;
  const isArrow = node.type === 'ArrowFunctionExpression';
  let body: Node;
  if (node['body'].type !== 'BlockStatement') {
    const value = convert(f, node['body']);
    const declarations = homeDeclarations(f);
    const head = [...guard(f, params), ...declarations, ...declared(f), ...prologue];
    body = head.length === 0 ? value : block([...head, give(value)]);
  } else {
    const statements = functionBody(f, node['body']);
    const head = [...guard(f, params), ...homeDeclarations(f), ...declared(f), ...prologue];
    body = block([...head, ...statements], node['body']);
  }
  const { id: _, ...rest } = node;
  return {
    ...rest,
    type: isArrow ? 'ArrowFunctionExpression' : 'FunctionExpression',
    id: null,
    params,
    body,
    expression: body.type !== 'BlockStatement',
    ...(f.fn.kind === 'method' || f.fn.kind === 'accessor' ? { method: true } : {}),
  };
}

/** Temporaries that expressions of the body asked for. */
function declared(f: FunctionLowering): Statement[] {
  return f.hoisted.length > 0 ? [declareAll(f.hoisted)] : [];
}

function homeDeclarations(f: FunctionLowering): Statement[] {
  const homes = f.fn.locals.filter((binding) => binding.kind === 'home');
  return homes.length > 0 ? [declareAll(homes.map((binding) => f.name(binding)))] : [];
}

function convertParameters(f: FunctionLowering, prologue: Statement[]): Node[] {
  const params = f.fn.node['params'] as Node[];
  const boxed = parameterBindings(f).filter((binding) => binding.boxed);
  const isEarly = isGuarded(f.fn) && !params.every(isHarmlessParameter);
  if (boxed.length === 0 && !isEarly) return params.map((parameter) => convert(f, parameter));
  if (params.every((parameter) => parameter.type === 'Identifier')) {
    return params.map((parameter) => {
      const binding = f.out.analysis.bindingOf.get(parameter) as Binding;
      if (!binding.boxed) return parameter;
      const raw = f.out.names.local(`$${binding.name}`);
      prologue.push(declare('const', f.name(binding), construct(f.out.abi('Box'), [identifier(raw)])));
      return identifier(raw, parameter);
    });
  }
  // Defaults may look at boxed parameters, and run code before it is known whose turn it has to be: bind them all in the body.
  prologue.push(declareAll(parameterBindings(f).map((binding) => f.name(binding))));
  const { list, rest } = placeholders(f);
  const isArrow = f.fn.node.type === 'ArrowFunctionExpression';
  const hasRest = isArrow && list.length < params.length;
  const listed = list.map((name) => identifier(name));
  const values = isArrow
    ? array(hasRest ? [...listed, spread(identifier(rest))] : listed)
    : identifier('arguments');
  const source = f.out.names.local('$given');
  prologue.push(declare('const', source, values));
  bindParameters(f, source, prologue);
  return [
    ...list.map((name) => identifier(name)),
    ...(hasRest ? [{ type: 'RestElement', argument: identifier(rest) }] : []),
  ];
}
