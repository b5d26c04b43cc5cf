/** How calls from outside of an instance's turn get into it: what compiled functions do when the turn is not theirs. */
import type { FunctionRecord } from './function-record.ts';
import { contextOutside, inTurn, noOwner, type OwnerContext, turn } from './owner.ts';
import { type DurablePromise, start } from './promise.ts';

/** `$start`: an async function of the module level runs for whoever calls it. */
export function startCurrent(fn: FunctionRecord, slots: readonly unknown[]): object {
  const context = turn.of;
  if (context !== undefined && context.owner !== undefined) return start(fn, slots, context.owner);
  return startFor(context ?? contextOutside(), fn, slots);
}

/** `$startIn`: an async closure runs for the instance in which it was made. */
export function startIn(
  context: OwnerContext | undefined,
  fn: FunctionRecord,
  slots: readonly unknown[],
): object {
  if (context === turn.of && context !== undefined && context.owner !== undefined)
    return start(fn, slots, context.owner);
  return context === undefined ? startCurrent(fn, slots) : startFor(context, fn, slots);
}

function startFor(
  context: OwnerContext | undefined,
  fn: FunctionRecord,
  slots: readonly unknown[],
): DurablePromise | Promise<never> {
  const owner = context?.owner;
  if (owner === undefined) return refused(`${fn.metadata.name}() (${fn.place(0)})`, context);
  return inTurn(context!, () => start(fn, slots, owner));
}

/** What async functions and async generators do instead of throwing. */
export function refused(what: string, context: OwnerContext | undefined): Promise<never> {
  const error = noOwner(what, context);
  const rejected = Promise.reject<never>(error);
  // If nobody looks at it, a warning is all there is: an unhandled rejection would end the process with all its instances.
  rejected.catch(() => process.emitWarning(error));
  return rejected;
}

/**
 * `$within`: a closure that is called in a turn that is not its own calls itself again in its own one.
 *
 * @param fn the function, or its record: then it is made again of `cells`, which nobody can tell from the one that was called.
 * @param newTarget given when it was called with `new`.
 */
export function callWithin(
  context: OwnerContext,
  fn: FunctionRecord | Function,
  cells: readonly unknown[],
  receiver: unknown,
  args: ArrayLike<unknown>,
  newTarget?: Function,
): unknown {
  return inTurn(context, () => {
    const again = typeof fn === 'function' ? fn : (fn.make!(...cells) as Function);
    return newTarget === undefined
      ? (Reflect.apply(again, receiver, args) as unknown)
      : (Reflect.construct(again, args, newTarget) as unknown);
  });
}
