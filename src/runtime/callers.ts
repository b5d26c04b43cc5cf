/** Who goes on when a frame ends or a generator answers: the way from a suspended frame to those that wait for it. */
import { AsyncGeneratorMachine } from './async-generator.ts';
import { type DurablePromise, frameState, isDurablePromise, reactionsOf } from './promise.ts';

/** The suspended frame that awaits the result of `frame`, or the next value of the async generator whose body it is. */
export function callerOf(frame: DurablePromise): DurablePromise | undefined {
  for (const waiting of reactionsOf(frame)) {
    if (isDurablePromise(waiting)) {
      if (frameState(waiting) !== undefined) return waiting;
    } else if (waiting instanceof AsyncGeneratorMachine) {
      const request = waiting.queue[0];
      return request && callerOf(request.promise);
    }
  }
  return undefined;
}
