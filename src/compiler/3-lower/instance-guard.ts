/**
 * Closures belong to the instance in which they were made, whoever calls them: native code later, or another instance through
 * an object that they share. The factory keeps whose turn it is; a closure that is called in another turn calls itself again in its own.
 * A closure that can neither call nor make anything needs no such check.
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import type { FunctionInfo } from '../2-analyze/model.ts';
import {
  array,
  binary,
  call,
  declare,
  give,
  identifier,
  logical,
  member,
  spread,
  undefinedValue,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import { storageName } from './bundle-output.ts';
import type { FunctionLowering } from './function-lowering.ts';

/** The variable of a factory that says whose closure it makes. */
export const ownVariable = (f: FunctionLowering): string => f.out.names.local('$of');
const cellsVariable = (f: FunctionLowering): string => f.out.names.local('$cells');

/** True if the function has to know whose it is. Members of classes do not: they run for whoever calls them. */
export function isGuarded(info: FunctionInfo): boolean {
  if (info.parent?.kind === 'class' || info.inPlace) return false;
  // Calling a generator runs none of its code but its parameters.
  return !info.once && !info.isGenerator && (info.isAsync || reachesOut(info.node));
}

/** What can run other code, or make a closure: with accessors and proxies any look at an object can. */
const REACHING: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
  'MemberExpression',
  'ObjectPattern',
  'ArrayPattern',
  'SpreadElement',
  'ForOfStatement',
  'ForInStatement',
  'ClassExpression',
  'ClassDeclaration',
]);

function reachesOut(node: Node): boolean {
  let found = false;
  forEachChild(node, (child) => {
    found ||= REACHING.has(child.type) || isUsing(child) || isFunction(child) || reachesOut(child);
  });
  return found;
}

const isUsing = (node: Node): boolean =>
  node.type === 'VariableDeclaration' && String(node['kind']).endsWith('using');

/** Statements for the head of the factory. */
export function factoryHead(f: FunctionLowering, info: FunctionInfo): Statement[] {
  if (!isGuarded(info)) return [];
  const head = [declare('const', ownVariable(f), member(f.out.abi('turn'), 'of'))];
  if (hidesCell(info)) head.push(declare('const', cellsVariable(f), cellNames(f, info)));
  return head;
}

const cellNames = (f: FunctionLowering, info: FunctionInfo): Expression =>
  array(info.cells.map((cell) => identifier(storageName(f.out.names, cell))));

/** A variable of the body has the name of a captured one, which only a parameter's default can mean then. */
const hidesCell = (info: FunctionInfo): boolean =>
  !info.isAsync && info.cells.some((cell) => info.locals.some((local) => local.name === cell.name));

/** The check at the head of a function without suspension points; `params` as they will be printed. */
export function guard(f: FunctionLowering, params: readonly Node[]): Statement[] {
  const info = f.fn;
  if (!isGuarded(info)) return [];
  const isArrow = info.node.type === 'ArrowFunctionExpression';
  const of = identifier(ownVariable(f));
  const test = logical(
    '&&',
    binary('!==', of, member(f.out.abi('turn'), 'of')),
    binary('!==', of, undefinedValue()),
  );
  const args = [
    of,
    info.self ? identifier(info.self.name) : f.out.handle(info.id),
    hidesCell(info) ? identifier(cellsVariable(f)) : cellNames(f, info),
    isArrow ? undefinedValue() : { type: 'ThisExpression' },
    isArrow || !(info.argumentsBinding || params.some((param) => param.type === 'AssignmentPattern'))
      ? array(params.map(argument))
      : identifier('arguments'),
  ];
  if (info.kind === 'function')
    args.push({ type: 'MetaProperty', meta: identifier('new'), property: identifier('target') });
  return [when(test, [give(call(f.out.abi('within'), args))])];
}

function argument(param: Node): Expression {
  if (param.type === 'RestElement') return spread(identifier(param['argument'].name));
  return identifier(param.type === 'AssignmentPattern' ? param['left'].name : param['name']);
}

/** True if nothing of the parameter list can run code before the check. */
export function isHarmlessParameter(param: Node): boolean {
  if (param.type === 'Identifier') return true;
  if (param.type === 'RestElement') return param['argument'].type === 'Identifier';
  return (
    param.type === 'AssignmentPattern' &&
    param['left'].type === 'Identifier' &&
    !reachesOut({ type: 'ExpressionStatement', expression: param['right'] }) &&
    !isFunction(param['right'])
  );
}
