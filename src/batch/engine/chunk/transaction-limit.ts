/**
 * How long the transaction of a chunk may take: what artifacts and listeners answer is not waited for any longer than that.
 *
 * Owns: the end of the time, the timer for it, and the answer that is waited for. Invariants:
 * L1. One answer at a time is waited for.
 * L2. No timer is set before something is waited for: chunks whose artifacts answer at once have none.
 * L3. Synchronous code cannot be interrupted: it ends, and the commit is refused then.
 */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import { TransactionTimeoutError } from '../../batch-error.ts';
import type { BatchEnvironment } from '../batch-environment.ts';
import { isPromise } from '../maybe-promise.ts';

export class TransactionLimit {
  /** What was waited for when the time was over: it may still be under way. */
  late: PromiseLike<unknown> | undefined = undefined;
  readonly #environment: BatchEnvironment;
  readonly #what: string;
  #timeoutMs = 0;
  #end = Infinity;
  #cancelTimer: (() => void) | undefined;
  #waiting: { readonly answer: PromiseLike<unknown>; reject(error: unknown): void } | undefined;

  /** @param what In words: `step "load"` */
  constructor(environment: BatchEnvironment, what: string) {
    this.#environment = environment;
    this.#what = what;
  }

  /** From now on. @param timeoutMs 0: no limit */
  begin(timeoutMs: number): void {
    this.stop();
    this.#timeoutMs = timeoutMs;
    this.#end = timeoutMs === 0 ? Infinity : this.#environment.monotonic() + timeoutMs;
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#end = Infinity;
  }

  /** @throws TransactionTimeoutError when the time is over before the answer is there; it is in `late` then */
  within<Answer>(answer: MaybePromise<Answer>): MaybePromise<Answer> {
    return this.#end === Infinity || !isPromise(answer) ? answer : this.#wait(answer);
  }

  /** Whether something that is late comes to an end after all, within the same time again. */
  async comesBack(late: PromiseLike<unknown>): Promise<boolean> {
    this.begin(this.#timeoutMs);
    try {
      await this.within(
        late.then(
          () => true,
          () => true,
        ),
      );
      return true;
    } catch {
      return false;
    } finally {
      this.stop();
      this.late = undefined;
    }
  }

  #wait<Answer>(answer: PromiseLike<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const waiting = { answer, reject };
    this.#waiting = waiting;
    this.#cancelTimer ??= this.#environment.after(
      Math.max(0, this.#end - this.#environment.monotonic()),
      () => this.#over(),
      true,
    );
    // What is late may answer while something else is waited for.
    const answered = (): void => {
      if (this.#waiting === waiting) this.#waiting = undefined;
    };
    answer.then(
      (value) => {
        answered();
        resolve(value);
      },
      (error: unknown) => {
        answered();
        reject(error);
      },
    );
    return promise;
  }

  #over(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#cancelTimer = undefined;
    if (waiting === undefined) return;
    this.late = waiting.answer;
    waiting.reject(new TransactionTimeoutError(this.#what, this.#timeoutMs, true));
  }
}
