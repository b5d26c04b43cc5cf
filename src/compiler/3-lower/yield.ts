/**
 * `yield` and `yield*`. The runtime hands the value over and brings back what the caller of `next`, `throw` or `return`
 * gave; a return is done here as a jump, so that `finally` blocks run as at any other return (ECMA-262 27.5.3.7, 15.5.5).
 */
import type { Node } from '../ast.ts';
import {
  assign,
  call,
  evaluate,
  type Expression,
  forever,
  identifier,
  leave,
  member,
  not,
  type Statement,
  suspend,
  suspendGenerator,
  undefinedValue,
  when,
} from './builders.ts';
import { type FunctionLowering } from './function-lowering.ts';
import { jump } from './jumps.ts';
import { lower } from './suspending-expression.ts';

/** `unused`: the received value is not needed. */
export function lowerYield(f: FunctionLowering, node: Node, out: Statement[], unused: boolean): Expression {
  const value = node['argument'] ? lower(f, node['argument'], out) : undefinedValue();
  const target = unused ? null : f.temporary();
  out.push(suspendGenerator('yield', value, target, node));
  out.push(
    when(
      call(f.out.abi('returning'), []),
      jump(f, { type: 'return' }, call(f.out.abi('returned'), []), undefined),
    ),
  );
  return target === null ? undefinedValue() : identifier(target);
}

/** A loop that asks the inner iterator for one result after the other and passes each on. */
export function lowerDelegation(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  unused: boolean,
): Expression {
  const isAsync = f.fn.isAsync;
  const delegation = f.temporary('delegation');
  const use = (method: string, ...args: Expression[]): Expression =>
    call(member(delegation, method), args, node);
  const iterable = lower(f, node['argument'], out);
  out.push(
    evaluate(assign(delegation, call(f.out.abi(isAsync ? 'delegateAsync' : 'delegate'), [iterable], node))),
  );
  const body: Statement[] = [];
  if (isAsync) {
    const answer = f.temporary();
    body.push(suspend(use('ask'), answer, node));
    body.push(when(not(use('answer', identifier(answer))), [leave(null)]));
  } else body.push(when(not(use('advance')), [leave(null)]));
  const passed = isAsync ? use('take') : identifier(delegation);
  body.push(suspendGenerator('pass', passed, null, node), evaluate(use('receive')));
  out.push(forever(body));
  out.push(when(member(delegation, 'returning'), jump(f, { type: 'return' }, use('take'), undefined)));
  return unused ? undefinedValue() : use('take');
}
