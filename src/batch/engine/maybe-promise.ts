/** Telling what has answered at once from what answers later. */

export function isPromise<Value>(answer: Value | PromiseLike<Value>): answer is PromiseLike<Value> {
  return (
    typeof answer === 'object' && answer !== null && typeof (answer as { then?: unknown }).then === 'function'
  );
}

/** Calls one after the other, waiting only for those that answer later. */
export function inTurn<Callee>(
  callees: readonly Callee[],
  call: (callee: Callee) => void | PromiseLike<void>,
): void | Promise<void> {
  for (let index = 0; index < callees.length; index++) {
    const answer = call(callees[index]!);
    if (isPromise(answer)) return rest(answer, callees, index + 1, call);
  }
}

async function rest<Callee>(
  first: PromiseLike<void>,
  callees: readonly Callee[],
  from: number,
  call: (callee: Callee) => void | PromiseLike<void>,
): Promise<void> {
  await first;
  for (const callee of callees.slice(from)) await call(callee);
}
