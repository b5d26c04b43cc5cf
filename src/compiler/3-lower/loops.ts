/**
 * Loops. They stay native loops, so that break and continue mean what they say and V8 sees an ordinary loop; only the
 * parts that suspend move into the body. Variables of a `for` head that closures capture get a new box per iteration.
 */
import { boundIdentifiers, type Node } from '../ast.ts';
import type { Binding } from '../2-analyze/model.ts';
import {
  assign,
  attempt,
  block,
  call,
  construct,
  declare,
  evaluate,
  forever,
  identifier,
  labelled,
  leave,
  literal,
  member,
  not,
  raise,
  sequence,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import { enterScope, variableDeclaration } from './declarations.ts';
import { convertTarget } from './assignment.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { quotable } from './quoted-names.ts';
import { iterateAsync } from './for-await.ts';
import { lowerPattern } from './pattern.ts';
import { describeIterable } from './suspending-call.ts';
import { lowerStatement, operand, single, withLabels } from './statement.ts';
import { withDisposal } from './try.ts';

export function lowerLoop(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  labels: readonly string[],
): void {
  switch (node.type) {
    case 'WhileStatement':
      return lowerWhile(f, node, out, labels);
    case 'DoWhileStatement':
      return lowerDoWhile(f, node, out, labels);
    case 'ForStatement':
      return lowerFor(f, node, out, labels);
    default:
      if (node['await']) return iterateAsync(f, node, out, labels);
      return f.suspends(node['body']) || f.suspends(node['left'])
        ? iterate(f, node, out, labels)
        : nativeIteration(f, node, out, labels);
  }
}

function loopBody(
  f: FunctionLowering,
  node: Node,
  labels: readonly string[],
  continueLabel?: string,
): Statement {
  f.jumps.push({ type: 'loop', labels, continueLabel });
  const body = single(f, node['body']);
  f.jumps.pop();
  return body;
}

function lowerWhile(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  if (!f.suspends(node['test'])) {
    out.push(
      withLabels(labels, { ...node, test: convert(f, node['test']), body: loopBody(f, node, labels) }),
    );
    return;
  }
  const body: Statement[] = [];
  const test = operand(f, node['test'], body);
  body.push(when(not(test), [leave(null)]), loopBody(f, node, labels));
  out.push(withLabels(labels, forever(body)));
}

function lowerDoWhile(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  if (!f.suspends(node['test'])) {
    out.push(
      withLabels(labels, { ...node, body: loopBody(f, node, labels), test: convert(f, node['test']) }),
    );
    return;
  }
  const again = f.label();
  const body: Statement[] = [labelled(again, block([loopBody(f, node, labels, again)]))];
  const test = operand(f, node['test'], body);
  body.push(when(not(test), [leave(null)]));
  out.push(withLabels(labels, forever(body)));
}

function lowerFor(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  const init = node['init'] as Node | null;
  if (init && isUsing(init) && f.suspends(node)) {
    enterScope(f, node, [], out);
    out.push(block(withDisposal(f, [init, { ...node, init: null, $labels: labels, $suspends: true }], [])));
    return;
  }
  const bindings = f.out.analysis.scopeBindings.get(node) ?? [];
  const boxed = bindings.filter((binding) => binding.boxed);
  if (!f.suspends(node) && boxed.length === 0) {
    const declarations: Statement[] = [];
    if (init?.type === 'VariableDeclaration') variableDeclaration(f, init, declarations);
    const native =
      declarations.length === 1 && declarations[0]!.type === 'VariableDeclaration' ? declarations[0]! : null;
    const several =
      declarations.length > 1 &&
      declarations.every(
        (item) => item.type === 'VariableDeclaration' && item['kind'] === declarations[0]!['kind'],
      );
    const merged = several
      ? { ...declarations[0]!, declarations: declarations.flatMap((item) => item['declarations']) }
      : native;
    if (init?.type === 'VariableDeclaration' && !merged) out.push(...declarations);
    out.push(
      withLabels(labels, {
        ...node,
        init: init?.type === 'VariableDeclaration' ? merged : init && convert(f, init),
        test: node['test'] && convert(f, node['test']),
        update: node['update'] && convert(f, node['update']),
        body: loopBody(f, node, labels),
      }),
    );
    return;
  }
  const before: Statement[] = [];
  enterScope(f, node, [], before);
  if (init?.type === 'VariableDeclaration') variableDeclaration(f, init, before);
  else if (init) before.push(evaluate(operand(f, init, before), init));
  for (const statement of before) if (statement.type === 'VariableDeclaration') statement['kind'] = 'let';
  const copies = boxed.filter((binding) => binding.assigned).map((binding) => copyBox(f, binding));
  if (init && boxed.some((binding) => isCapturedIn(f, binding, init)))
    before.push(...copies.map((copy) => evaluate(copy)));

  let loop: Statement;
  if (f.suspends(node['test']) || f.suspends(node['update'])) {
    const body: Statement[] = [];
    if (node['test']) body.push(when(not(operand(f, node['test'], body)), [leave(null)]));
    const again = f.label();
    body.push(labelled(again, block([loopBody(f, node, labels, again)])));
    body.push(...copies.map((copy) => evaluate(copy)));
    if (node['update']) body.push(evaluate(operand(f, node['update'], body), node['update']));
    loop = forever(body);
  } else {
    const update = node['update'] ? [...copies, convert(f, node['update'])] : copies;
    const test = node['test'] && convert(f, node['test']);
    loop = {
      ...node,
      init: null,
      test,
      update: update.length > 0 ? sequence(update) : null,
      body: loopBody(f, node, labels),
    };
  }
  if (f.suspends(node)) out.push(...before, withLabels(labels, loop));
  else out.push(block([...before, withLabels(labels, loop)]));
}

function isUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && (node['kind'] === 'using' || node['kind'] === 'await using');
}

/** CreatePerIterationEnvironment for one variable. */
function copyBox(f: FunctionLowering, binding: Binding): Expression {
  return assign(f.variable(binding), construct(f.out.abi('Box'), [f.location(binding)]));
}

function isCapturedIn(f: FunctionLowering, binding: Binding, range: Node): boolean {
  return binding.references.some(
    ({ from, identifier: { start } }) => from !== f.fn && start! >= range.start! && start! < range.end!,
  );
}

/** for-in and for-of whose body does not suspend: a native loop. */
function nativeIteration(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  enterScope(f, node, [], out);
  const right = f.suspends(node['right']) ? operand(f, node['right'], out) : quotable(f, node['right']);
  const left = node['left'] as Node;
  if (left.type !== 'VariableDeclaration') {
    out.push(
      withLabels(labels, { ...node, left: convertTarget(f, left), right, body: loopBody(f, node, labels) }),
    );
    return;
  }
  const pattern = left['declarations'][0].id as Node;
  const bindings = boundIdentifiers(pattern).map((item) => f.out.analysis.bindingOf.get(item)!);
  for (const binding of bindings) if (f.isHoisted(binding)) f.hoist(binding);
  if (bindings.every((binding) => !binding.boxed)) {
    const hoisted = bindings.length > 0 && f.isHoisted(bindings[0]!);
    const target = hoisted
      ? convertTarget(f, pattern)
      : { ...left, declarations: [{ ...left['declarations'][0], id: convert(f, pattern) }] };
    out.push(withLabels(labels, { ...node, left: target, right, body: loopBody(f, node, labels) }));
    return;
  }
  const item = f.out.names.local('$item');
  const body: Statement[] = [];
  bindElement(f, left, identifier(item), body);
  body.push(loopBody(f, node, labels));
  out.push(withLabels(labels, { ...node, left: declare('const', item, null), right, body: block(body) }));
}

/** for-in and for-of with suspension points in the body: over an iteration whose state can be captured. */
function iterate(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  const isOf = node.type === 'ForOfStatement';
  const iteration = f.temporary('iteration');
  const use = (method: string): Expression => call(member(iteration, method), []);
  enterScope(f, node, [], out);
  const source = operand(f, node['right'], out);
  out.push(
    evaluate(
      assign(
        iteration,
        isOf
          ? call(f.out.abi('iterate'), [source, literal(describeIterable(node['right']))], node['right'])
          : call(f.out.abi('enumerate'), [source], node['right']),
      ),
    ),
  );
  const value = member(iteration, 'value');
  const body: Statement[] = [];
  iterationBody(f, node, value, labels, body);
  const loop = withLabels(labels, {
    type: 'WhileStatement',
    test: use('next'),
    body: block(body),
    ...(node.loc ? { loc: node.loc } : {}),
  });
  if (!isOf) {
    out.push(loop);
    return;
  }
  f.guardsFinally = true;
  const thrown = f.out.names.local('$thrown');
  const handler = { param: identifier(thrown), body: [evaluate(use('fail')), raise(identifier(thrown))] };
  out.push({ ...attempt([loop], handler, [evaluate(use('close'))]), $finally: true });
}

/** One round: the element goes to its target, then the author's body. */
export function iterationBody(
  f: FunctionLowering,
  node: Node,
  value: Expression,
  labels: readonly string[],
  out: Statement[],
): void {
  const left = node['left'] as Node;
  f.jumps.push({ type: 'loop', labels, continueLabel: undefined });
  if (isUsing(left)) {
    const declarator = { ...left['declarations'][0], init: { type: '$Lowered', expression: value } };
    const resource = { ...left, declarations: [declarator] };
    f.hoist(f.out.analysis.bindingOf.get(declarator['id'])!);
    withDisposal(f, [resource, node['body']], out);
  } else {
    if (left.type === 'VariableDeclaration') bindElement(f, left, value, out);
    else if (f.suspends(left)) lowerPattern(f, left, value, out);
    else out.push(evaluate(assign(convertTarget(f, left), value, left)));
    lowerStatement(f, node['body'], out);
  }
  f.jumps.pop();
}

/** Gives the variables of a for-in/for-of head their values for one iteration. */
function bindElement(f: FunctionLowering, declaration: Node, value: Expression, out: Statement[]): void {
  const pattern = declaration['declarations'][0].id as Node;
  for (const node of boundIdentifiers(pattern)) {
    const binding = f.out.analysis.bindingOf.get(node)!;
    const hoisted = f.isHoisted(binding);
    if (hoisted) f.hoist(binding);
    if (binding.boxed && binding.kind !== 'var') {
      const box = construct(f.out.abi('Box'), []);
      out.push(hoisted ? evaluate(assign(f.variable(binding), box)) : declare('const', f.name(binding), box));
    } else if (!hoisted && !binding.boxed) {
      out.push(declare('let', f.name(binding), null));
    }
  }
  if (f.suspends(pattern)) lowerPattern(f, pattern, value, out);
  else out.push(evaluate(assign(convertTarget(f, pattern), value, pattern)));
}
