/** Async functions and generators: a wrapper that starts a frame, and the resume function that does the work. */
import type { SuspensionPoint } from '../../bundle.ts';
import type { Node } from '../ast.ts';
import { emitResumeFunction } from './resume-function.ts';
import {
  array,
  block,
  call,
  construct,
  give,
  identifier,
  spread,
  suspendGenerator,
  undefinedValue,
  type Expression,
  type Statement,
} from './builders.ts';
import { storageName } from './bundle-output.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { isGuarded, ownVariable } from './instance-guard.ts';
import { bindParameters, hasSimpleParameters, placeholders } from './parameters.ts';
import { functionBody } from './statement.ts';
import { lower } from './suspending-expression.ts';

/** A value that the wrapper puts into the first slots. */
interface Entry {
  /** Variable of the resume function. */
  readonly variable: string;
  /** How the author knows it. */
  readonly source: string;
  readonly value: Expression;
}

/** `callee`: the name under which a generator that is a closure sees its own function object. */
export function resumableWrapper(f: FunctionLowering, callee?: string): Node {
  const { fn, out } = f;
  const { node } = fn;
  const isArrow = node.type === 'ArrowFunctionExpression';
  const simple = hasSimpleParameters(f);
  const names = placeholders(f);
  const entries = entrySlots(f, simple, isArrow, names);
  const statements: Statement[] = [];
  if (!simple) {
    bindParameters(f, entries.at(-1)!.variable, statements);
    // Parameters are bound by the call, the body waits for the first `next` (ECMA-262 15.5.2).
    if (fn.isGenerator) statements.push(suspendGenerator('initial', undefinedValue(), null, node));
  }
  if (node['body'].type === 'BlockStatement') {
    statements.push(...functionBody(f, node['body']));
  } else {
    const before: Statement[] = [];
    const value = f.suspends(node['body']) ? lower(f, node['body'], before) : convert(f, node['body']);
    statements.push(...before, give(value, node['body']));
  }
  for (const entry of entries) if (!f.hoisted.includes(entry.variable)) f.hoisted.unshift(entry.variable);
  for (const entry of entries) f.sourceNames.set(entry.variable, entry.source);
  const resume = emitResumeFunction(
    f,
    entries.map((entry) => entry.variable),
    statements,
  );
  out.registerResume(fn, resume.named);
  const entryPoint: SuspensionPoint = {
    ...node.loc!.start,
    slots: entries.map((entry) => entry.source),
    kinds: f.slotKinds(entries.map((entry) => entry.variable)),
    place: 'entry',
  };
  out.describe(
    fn,
    fn.isGenerator ? (fn.isAsync ? 'async-generator' : 'generator') : 'async',
    fn.cells.map((cell) => sourceName(cell.kind, cell.name)),
    [entryPoint, ...resume.points],
  );
  const slots = out.slots(entries.map((entry) => entry.value));
  const self = callee === undefined ? [] : [identifier(callee)];
  const handle = out.handle(fn.id);
  let start: Expression;
  if (fn.isGenerator)
    start = call(out.abi(simple ? 'generate' : 'bindAndGenerate'), [handle, slots, ...self], node);
  else if (isGuarded(fn)) start = call(out.abi('startIn'), [identifier(ownVariable(f)), handle, slots], node);
  else start = call(out.abi('start'), [handle, slots], node);
  const params = simple ? (node['params'] as Node[]) : wrapperParameters(isArrow, names);
  const shape = { params, async: false, generator: false, ...(node.loc ? { loc: node.loc } : {}) };
  if (isArrow) return { ...shape, type: 'ArrowFunctionExpression', id: null, body: start, expression: true };
  // Written as a method: like an async function it is no constructor and has no prototype.
  return {
    ...shape,
    type: 'FunctionExpression',
    id: null,
    body: block([give(start)]),
    expression: false,
    method: true,
  };
}

function wrapperParameters(isArrow: boolean, names: { list: string[]; rest: string }): Node[] {
  const list: Node[] = names.list.map((name) => identifier(name));
  return isArrow ? [...list, { type: 'RestElement', argument: identifier(names.rest) }] : list;
}

const sourceName = (kind: string, name: string): string => (kind === 'this' ? 'this' : name);

function entrySlots(
  f: FunctionLowering,
  simple: boolean,
  isArrow: boolean,
  names: { list: string[]; rest: string },
): Entry[] {
  const { fn } = f;
  const entries: Entry[] = fn.cells.map((cell) => ({
    variable: f.name(cell),
    source: sourceName(cell.kind, cell.name),
    value: identifier(storageName(f.out.names, cell)),
  }));
  const used = (binding: { references: readonly unknown[] } | undefined): boolean =>
    binding !== undefined && binding.references.length > 0;
  if (used(fn.thisBinding))
    entries.push({ variable: f.name(fn.thisBinding!), source: 'this', value: { type: 'ThisExpression' } });
  if (used(fn.self))
    entries.push({ variable: f.name(fn.self!), source: fn.self!.name, value: identifier(fn.self!.name) });
  if (used(fn.argumentsBinding)) {
    entries.push({
      variable: f.name(fn.argumentsBinding!),
      source: 'arguments',
      value: identifier('arguments'),
    });
  }
  if (!simple) {
    const all = isArrow
      ? array([...names.list.map((name) => identifier(name)), spread(identifier(names.rest))])
      : identifier('arguments');
    entries.push({ variable: f.out.names.local('$given'), source: '(arguments)', value: all });
    for (const binding of fn.locals) if (binding.kind === 'param') f.hoist(binding);
    return entries;
  }
  for (const parameter of fn.node['params'] as Node[]) {
    const binding = f.out.analysis.bindingOf.get(parameter)!;
    const value = identifier(binding.name);
    entries.push({
      variable: f.name(binding),
      source: binding.name,
      value: binding.boxed ? construct(f.out.abi('Box'), [value]) : value,
    });
  }
  return entries;
}
