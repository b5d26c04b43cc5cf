/**
 * `for await` (ECMA-262 14.7.5). Each element is awaited, and so is closing the iterator when the loop is left early: the loop
 * stands in a `try` whose completion is kept until then.
 */
import type { Node } from '../ast.ts';
import {
  assign,
  attempt,
  call,
  evaluate,
  type Expression,
  forever,
  identifier,
  leave,
  literal,
  member,
  not,
  type Statement,
  suspend,
  when,
} from './builders.ts';
import { enterScope } from './declarations.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { iterationBody } from './loops.ts';
import { describeIterable } from './suspending-call.ts';
import { operand, withLabels } from './statement.ts';
import { isKind, withCompletion } from './try.ts';

export function iterateAsync(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  labels: readonly string[],
): void {
  const iteration = f.temporary('iteration');
  const use = (method: string, ...args: Expression[]): Expression =>
    call(member(iteration, method), args, node['right']);
  enterScope(f, node, [], out);
  const source = operand(f, node['right'], out);
  out.push(
    evaluate(
      assign(
        iteration,
        call(
          f.out.abi('iterateAsync'),
          [source, literal(describeIterable(node['right'], true))],
          node['right'],
        ),
      ),
    ),
  );
  const result = f.temporary();
  const thrown = f.out.names.local('$thrown');
  withCompletion(
    f,
    out,
    (statements) => {
      const body: Statement[] = [suspend(use('next'), result, node)];
      body.push(when(not(use('step', identifier(result))), [leave(null)]));
      iterationBody(f, node, member(iteration, 'value'), labels, body);
      statements.push(withLabels(labels, forever(body)));
    },
    (last, completion) => {
      const closing = [suspend(use('closing'), result, node), evaluate(use('closed', identifier(result)))];
      const handler = { param: identifier(thrown), body: [evaluate(use('failed', identifier(thrown)))] };
      last.push(when(use('close', isKind(completion, 1)), [attempt(closing, handler, null)]));
    },
  );
}
