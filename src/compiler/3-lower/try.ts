/**
 * try/catch/finally with suspension points. The `try` block keeps its native `try`; a handler that suspends moves
 * behind it (nothing is thrown again to get back into it); a `finally` that suspends becomes ordinary statements
 * with the pending completion in variables.
 */
import type { Node } from '../ast.ts';
import {
  assign,
  attempt,
  binary,
  block,
  call,
  construct,
  evaluate,
  identifier,
  labelled,
  literal,
  member,
  raise,
  suspend,
  undefinedValue,
  when,
  type Statement,
} from './builders.ts';
import { convertTarget } from './assignment.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { type Completion, jump, pendingIn } from './jumps.ts';
import { lowerPattern } from './pattern.ts';
import { blockStatements, lowerStatement, operand } from './statement.ts';
import { boundIdentifiers } from '../ast.ts';

export function lowerTry(f: FunctionLowering, node: Node, out: Statement[]): void {
  const { handler, finalizer } = node as { handler?: Node | null; finalizer?: Node | null };
  if (finalizer && f.suspends(finalizer)) {
    withCompletion(
      f,
      out,
      (body) => tryAndCatch(f, node, body),
      (body) => body.push(...blockStatements(f, finalizer, finalizer['body'])),
    );
    return;
  }
  const body: Statement[] = [];
  if (!finalizer || !f.suspends(node)) {
    if (handler && f.suspends(handler)) {
      tryAndCatch(f, node, out);
      return;
    }
    const last = finalizerOf(f, finalizer);
    const lowered = {
      ...node,
      block: { ...node['block'], body: blockStatements(f, node['block'], node['block'].body) },
      handler: handler ? nativeHandler(f, handler) : null,
    };
    out.push({ ...lowered, finalizer: finalizer ? { ...finalizer, body: last(out) } : null });
    return;
  }
  const last = finalizerOf(f, finalizer);
  tryAndCatch(f, node, body);
  f.guardsFinally = true;
  out.push({
    ...attempt(body, null, last(out)),
    $finally: true,
    ...(node.loc ? { loc: node.loc } : {}),
  });
}

/**
 * Asked before the rest of its `try` is lowered; the result lowers it. Where jumps out of the `try` are remembered for a `finally` around
 * it, they are forgotten when this one jumps elsewhere or throws (ECMA-262 14.15.3): what was remembered before is put back while
 * it runs.
 */
function finalizerOf(
  f: FunctionLowering,
  finalizer: Node | null | undefined,
): (before: Statement[]) => Statement[] {
  const completion = pendingIn(f);
  const written = completion?.written;
  return (before) => {
    if (!finalizer) return [];
    if (completion === undefined || completion.written === written)
      return blockStatements(f, finalizer, finalizer['body']);
    const { kind, value } = completion;
    const earlier = { kind: f.temporary('kind'), value: f.temporary('value') };
    const pending = { kind: f.temporary('kind'), value: f.temporary('value') };
    for (const { kind: name } of [earlier, pending]) f.completions.set(name, completion);
    const copy = (to: typeof earlier, from: typeof earlier): Statement[] => [
      evaluate(assign(to.kind, identifier(from.kind))),
      evaluate(assign(to.value, identifier(from.value))),
    ];
    before.push(...copy(earlier, { kind, value }));
    return [
      ...copy(pending, { kind, value }),
      ...copy({ kind, value }, earlier),
      ...blockStatements(f, finalizer, finalizer['body']),
      ...copy({ kind, value }, pending),
    ];
  };
}

function nativeHandler(f: FunctionLowering, handler: Node): Node {
  const param = handler['param'] as Node | null;
  const body = handler['body'] as Node;
  if (!param) return { ...handler, body: { ...body, body: blockStatements(f, body, body['body']) } };
  const bindings = boundIdentifiers(param).map((node) => f.out.analysis.bindingOf.get(node)!);
  if (bindings.every((binding) => !binding.boxed)) {
    return {
      ...handler,
      param: convert(f, param),
      body: { ...body, body: blockStatements(f, body, body['body']) },
    };
  }
  const caught = f.out.names.local('$caught');
  const statements: Statement[] = [];
  bindCaught(f, param, identifier(caught), statements, false);
  statements.push(...blockStatements(f, body, body['body']));
  return { ...handler, param: identifier(caught), body: { ...body, body: statements } };
}

/** Gives the variables of a catch clause their values. */
function bindCaught(f: FunctionLowering, param: Node, value: Node, out: Statement[], hoist: boolean): void {
  for (const node of boundIdentifiers(param)) {
    const binding = f.out.analysis.bindingOf.get(node)!;
    if (hoist) f.hoist(binding);
    const box = binding.boxed ? construct(f.out.abi('Box'), []) : null;
    if (hoist && box) out.push(evaluate(assign(f.variable(binding), box)));
    if (!hoist) {
      const declaration = { type: 'VariableDeclarator', id: identifier(f.name(binding)), init: box };
      out.push({ type: 'VariableDeclaration', kind: box ? 'const' : 'let', declarations: [declaration] });
    }
  }
  if (f.suspends(param)) lowerPattern(f, param, value, out);
  else out.push(evaluate(assign(convertTarget(f, param), value, param)));
}

/** `try` and `catch` of `node`, without its `finally`. */
function tryAndCatch(f: FunctionLowering, node: Node, out: Statement[]): void {
  const handler = node['handler'] as Node | null;
  const body = node['block'] as Node;
  const statements = blockStatements(f, body, body['body']);
  if (!handler) {
    out.push(block(statements, body));
    return;
  }
  if (!f.suspends(handler)) {
    const native = attempt(statements, null, null);
    out.push({ ...native, handler: nativeHandler(f, handler), ...(node.loc ? { loc: node.loc } : {}) });
    return;
  }
  const param = handler['param'] as Node | null;
  const caught = f.temporary('caught');
  const error = param ? f.temporary('error') : '';
  // Not saved: on the way back into the block it is undefined, which is as good as false.
  f.unsaved.add(caught);
  out.push(evaluate(assign(caught, literal(false))));
  if (param) out.push(evaluate(assign(error, undefinedValue())));
  const remember = [evaluate(assign(caught, literal(true)))];
  const thrown = f.out.names.local('$thrown');
  if (param) remember.push(evaluate(assign(error, identifier(thrown))));
  out.push(attempt(statements, { param: param ? identifier(thrown) : null, body: remember }, null));
  const handled: Statement[] = [];
  if (param) bindCaught(f, param, identifier(error), handled, true);
  handled.push(...blockStatements(f, handler['body'], handler['body'].body));
  out.push({ ...when(identifier(caught), [block(handled)]), ...(handler.loc ? { loc: handler.loc } : {}) });
}

/** Runs `body`, then `last` whatever happened, then what was pending: `finally` in ordinary statements. */
export function withCompletion(
  f: FunctionLowering,
  out: Statement[],
  body: (out: Statement[]) => void,
  last: (out: Statement[], completion: Completion) => void,
): void {
  const completion: Completion = {
    label: f.label(),
    kind: f.temporary('kind'),
    value: f.temporary('value'),
    jumps: [],
    written: 0,
  };
  out.push(
    evaluate(assign(completion.kind, literal(0))),
    evaluate(assign(completion.value, undefinedValue())),
  );
  f.completions.set(completion.kind, completion);
  f.jumps.push({ type: 'finally', completion });
  const statements: Statement[] = [];
  body(statements);
  f.jumps.pop();
  const thrown = f.out.names.local('$thrown');
  const remember = [
    evaluate(assign(completion.kind, literal(1))),
    evaluate(assign(completion.value, identifier(thrown))),
  ];
  out.push(
    labelled(completion.label, attempt(statements, { param: identifier(thrown), body: remember }, null)),
  );
  last(out, completion);
  out.push(when(isKind(completion, 1), [raise(identifier(completion.value))]));
  completion.jumps.forEach((what, index) => {
    const value = what.type === 'return' ? identifier(completion.value) : null;
    out.push(when(isKind(completion, index + 2), jump(f, what, value, undefined)));
  });
}

/** Whether the completion is of `kind`, see `Completion`. */
export function isKind(completion: Completion, kind: number): Node {
  return binary('===', identifier(completion.kind), literal(kind));
}

/** A block with `using` declarations: dispose its resources at the end, whatever happened (ECMA-262 DisposeResources). */
export function withDisposal(f: FunctionLowering, body: readonly Node[], out: Statement[]): Statement[] {
  const declarations = body.filter(
    (node) => node.type === 'VariableDeclaration' && node['kind'].endsWith('using'),
  );
  const asynchronous = declarations.some((node) => node['kind'] === 'await using');
  const disposal = f.temporary('disposal');
  const use = (method: string, ...args: Node[]): Node => call(member(disposal, method), args);
  out.push(evaluate(assign(disposal, call(f.out.abi('disposal'), []))));
  const run = (inner: Statement[]): void => {
    for (const statement of body) {
      if (!declarations.includes(statement)) lowerStatement(f, statement, inner);
      else
        for (const declarator of statement['declarations'])
          addResource(f, statement, declarator, disposal, inner);
    }
  };
  if (!asynchronous) {
    withCompletion(f, out, run, (last, completion) => {
      last.push(when(isKind(completion, 1), [evaluate(use('fail', identifier(completion.value)))]));
      last.push(evaluate(use('disposeAll')), evaluate(use('finish')));
    });
    return out;
  }
  const thrown = f.out.names.local('$thrown');
  withCompletion(f, out, run, (last, completion) => {
    last.push(when(isKind(completion, 1), [evaluate(use('fail', identifier(completion.value)))]));
    const step = suspend(use('next'), null, declarations[0]!);
    const guarded = attempt(
      [step],
      { param: identifier(thrown), body: [evaluate(use('fail', identifier(thrown)))] },
      null,
    );
    last.push({ type: 'WhileStatement', test: use('more'), body: block([guarded]) });
    last.push(evaluate(use('finish')));
  });
  return out;
}

function addResource(
  f: FunctionLowering,
  declaration: Node,
  declarator: Node,
  disposal: string,
  out: Statement[],
): void {
  const binding = f.out.analysis.bindingOf.get(declarator['id'])!;
  const value = operand(f, declarator['init'], out, binding.name);
  const hint = literal(declaration['kind'] === 'await using' ? 'async' : 'sync');
  const added = call(member(disposal, 'add'), [value, hint], declarator);
  if (binding.boxed && !binding.early) {
    const box = construct(f.out.abi('Box'), [added]);
    if (f.isHoisted(binding)) out.push(evaluate(assign(f.variable(binding), box)));
    else
      out.push({
        type: 'VariableDeclaration',
        kind: 'const',
        declarations: [{ type: 'VariableDeclarator', id: identifier(f.name(binding)), init: box }],
      });
  } else if (binding.boxed || f.isHoisted(binding)) {
    out.push(evaluate(assign(f.location(binding), added)));
  } else {
    out.push({
      type: 'VariableDeclaration',
      kind: 'const',
      declarations: [{ type: 'VariableDeclarator', id: identifier(f.name(binding)), init: added }],
    });
  }
}
