/**
 * Functions. One that exists once per realm is registered where it stands; one that is made again and again is made
 * by a factory, which the runtime can call too. An async one becomes a wrapper that starts a frame.
 */
import type { Node } from '../ast.ts';
import type { Binding, FunctionInfo } from '../2-analyze/model.ts';
import {
  array,
  arrow,
  assign,
  block,
  call,
  declare,
  evaluate,
  give,
  identifier,
  member,
  nameFunction,
  undefinedValue,
  type Expression,
  type Statement,
} from './builders.ts';
import { standsIn } from './expression.ts';
import { kitClass, storageName } from './bundle-output.ts';
import { FunctionLowering } from './function-lowering.ts';
import { resumableWrapper } from './async-function.ts';
import { factoryHead } from './instance-guard.ts';
import { plainFunction } from './plain-function.ts';

/** The expression that gives the function object for a function node. `hint`: its name if it has none of its own. */
export function functionExpression(f: FunctionLowering, node: Node, hint = ''): Expression {
  const { out } = f;
  const info = out.analysis.infoOf.get(node)!;
  if (info.name === '') info.name = hint;
  if (info.isGenerator ? !info.once || info.self : info.isAsync && info.self)
    return selfNaming(f, info, node, hint);
  if (info.inPlace) return namedFunction(info, f, hint);
  if (info.once) {
    const fn = generatorFunction(f, info, namedFunction(info, f, hint));
    const made = held(f, node, call(out.abi('singleton'), [out.handle(info.id), fn], node));
    // Arrow functions of static code share its `this`; their own code stands elsewhere and knows it by a name.
    const receiver = info.cells.find((cell) => cell.kind === 'this');
    return receiver ? call(arrow([identifier(receiver.name)], made), [cellValue(f, receiver)]) : made;
  }

  const parameters = info.cells.map((cell) => identifier(storageName(out.names, cell)));
  const cells = array(info.cells.map((cell) => identifier(storageName(out.names, cell))));
  const closure = call(out.abi('closure'), [namedFunction(info, f, hint), out.handle(info.id), cells], node);
  const name = factory(f, info, parameters, [...factoryHead(f, info), give(closure)]);
  return call(
    name,
    info.cells.map((cell) => cellValue(f, cell)),
    node,
  );
}

/**
 * An async function or a generator that uses its own name: a method, which has no binding of its name, in a scope that has
 * one. A generator that is a closure always needs it: its generator objects inherit from its `prototype`.
 */
function selfNaming(f: FunctionLowering, info: FunctionInfo, node: Node, hint: string): Expression {
  const { out } = f;
  const own = info.self?.name ?? out.names.local('$callee');
  const callee = info.isGenerator && !info.once ? own : undefined;
  const fn = generatorFunction(
    f,
    info,
    nameFunction(functionNode(info, f, callee), node['id']?.name ?? hint),
  );
  const parameters = info.cells.map((cell) => identifier(storageName(out.names, cell)));
  const cells = array(info.cells.map((cell) => identifier(storageName(out.names, cell))));
  const marked = info.once
    ? held(f, node, call(out.abi('singleton'), [out.handle(info.id), fn]))
    : call(out.abi('closure'), [fn, out.handle(info.id), cells], node);
  const body = [declare('const', own, marked), give(identifier(own))];
  if (info.once) return call(arrow([], block(body)), [], node);
  return call(
    factory(f, info, parameters, [...factoryHead(f, info), ...body]),
    info.cells.map((cell) => cellValue(f, cell)),
    node,
  );
}

/** Of a function that has to be watched and that no variable of the author holds. */
function held({ out }: FunctionLowering, node: Node, made: Expression): Expression {
  if (!out.members.has(node)) return made;
  const variable = out.variable('$member');
  out.memberVariables.set(node, variable);
  return assign(variable, made);
}

/** Emits the factory of a closure; returns its name. */
export function factory(
  f: FunctionLowering,
  info: FunctionInfo,
  parameters: Node[],
  body: Statement[],
): string {
  const { out } = f;
  const inClass = info.usesPrivateNames && info.enclosingClass !== undefined;
  const base = `$make${info.id}`;
  const cls = kitClass(info);
  if (cls) {
    out.inKit(cls, base, arrow(parameters, block(body)));
    const name = out.names.fresh(base);
    const through = call(member(call(out.abi('kit'), [parameters[0]!]), base), parameters);
    out.prologue.push(functionDeclaration(name, parameters, [give(through)]));
    out.prologue.push(evaluate(call(out.abi('factory'), [out.handle(info.id), identifier(name)])));
    return name;
  }
  const name = inClass ? out.variable(base) : out.names.fresh(base);
  if (inClass) {
    const make = assign(name, arrow(parameters, block(body)));
    out.register(info, evaluate(call(out.abi('factory'), [out.handle(info.id), make])));
  } else {
    out.register(info, functionDeclaration(name, parameters, body));
    out.register(info, evaluate(call(out.abi('factory'), [out.handle(info.id), identifier(name)])));
  }
  return name;
}

/** A function declaration at module level: stays one, so that it is hoisted. */
export function moduleFunction(f: FunctionLowering, node: Node, name: string): Statement {
  const { out } = f;
  const info = out.analysis.infoOf.get(node)!;
  const lowered = functionNode(info, f);
  out.prologue.push(evaluate(call(out.abi('singleton'), [out.handle(info.id), identifier(name)])));
  const { method: _, ...rest } = lowered;
  return { ...rest, type: 'FunctionDeclaration', id: identifier(name, node['id'] ?? node) };
}

/** The function for a class member: an ordinary method, accessor or constructor. */
export function memberFunction(f: FunctionLowering, node: Node, callee?: string): Node {
  const info = f.out.analysis.infoOf.get(node)!;
  const { method: _, ...rest } = functionNode(info, f, callee);
  return { ...rest, type: 'FunctionExpression', id: null };
}

/** `fn` with what makes it a generator function, if it is one. */
function generatorFunction(f: FunctionLowering, info: FunctionInfo, fn: Expression): Expression {
  return info.isGenerator ? call(f.out.abi('generator'), [f.out.handle(info.id), fn]) : fn;
}

function functionNode(info: FunctionInfo, f: FunctionLowering, callee?: string): Node {
  const inner = new FunctionLowering(info, f.out);
  if (info.isResumable) return resumableWrapper(inner, callee);
  const fn = plainFunction(inner);
  const names = info.cells.map((cell) => (cell.kind === 'this' ? 'this' : cell.name));
  f.out.describe(info, 'function', names, []);
  return fn;
}

function namedFunction(info: FunctionInfo, f: FunctionLowering, hint: string): Expression {
  const fn = functionNode(info, f);
  const { node } = info;
  const own: string | undefined = node['id']?.name;
  // Its own name is visible inside only if it is used there; a variable of that name may be meant otherwise.
  if (own !== undefined && info.self)
    return { ...fn, type: 'FunctionExpression', id: identifier(info.self.name) };
  return nameFunction(
    fn.type === 'FunctionDeclaration' ? { ...fn, type: 'FunctionExpression', id: null } : fn,
    own ?? hint,
  );
}

/** What is passed to a factory for a captured variable: its box, or its value. */
export function cellValue(f: FunctionLowering, cell: Binding): Expression {
  if (!f.resumable && standsIn(f.fn, cell.owner)) {
    if (cell.kind === 'this' && !cell.boxed) return { type: 'ThisExpression' };
    if (cell.kind === 'arguments') return identifier('arguments');
    if (cell.kind === 'newTarget')
      return { type: 'MetaProperty', meta: identifier('new'), property: identifier('target') };
  }
  if (cell.kind === 'newTarget' && cell.owner === f.fn) return undefinedValue();
  return f.variable(cell);
}

function functionDeclaration(name: string, params: Node[], body: Statement[]): Statement {
  return {
    type: 'FunctionDeclaration',
    id: identifier(name),
    params,
    body: block(body),
    async: false,
    generator: false,
    expression: false,
  };
}
