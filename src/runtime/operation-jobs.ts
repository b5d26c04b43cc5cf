/** What runs in an instance when one of its operations is over, as data. */
import type { Instance } from './instance.ts';
import type { CheckpointOperation, TimerOperation } from './operations.ts';
import { currentOwner, type Job } from './owner.ts';
import { resolve, settle } from './promise.ts';

/** Calls `commit` or `recover`; the promise of checkpoint() gets the result. */
export class CheckpointJob implements Job {
  operation: CheckpointOperation;
  recovers: boolean;

  constructor(operation: CheckpointOperation, recovers: boolean) {
    this.operation = operation;
    this.recovers = recovers;
  }

  run(): void {
    const { number, promise, commit, recover } = this.operation;
    const instance = currentOwner() as Instance;
    instance.operations.delete(number);
    instance.checkpoints.begun(this.operation);
    const closure = this.recovers ? recover : commit;
    let result: unknown;
    try {
      result = closure && Reflect.apply(closure, undefined, []);
    } catch (error) {
      settle(promise!, error, true);
      return;
    }
    resolve(promise!, result);
  }
}

/** Calls the callback of a timer, unless it has been cleared since it was due. */
export class TimerJob implements Job {
  operation: TimerOperation;

  constructor(operation: TimerOperation) {
    this.operation = operation;
  }

  run(): void {
    const { operation } = this;
    if ((currentOwner() as Instance).pending.takeTimer(operation))
      Reflect.apply(operation.callback!, undefined, operation.args);
  }
}
