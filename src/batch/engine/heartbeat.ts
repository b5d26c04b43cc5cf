/**
 * Keeps the lease of a running execution, tells it to stop when somebody asks, and shows how far it has come.
 *
 * Owns: the timer, and when the lease was last renewed. Invariants:
 * H1. A run whose lease may have run out is lost before anybody else can have taken it.
 * H2. At most one renewal is under way.
 */
import { LostLeaseError } from '../batch-error.ts';
import { addMetrics, noMetrics } from './metrics.ts';
import type { RunContext } from './run-context.ts';

export class Heartbeat {
  readonly #run: RunContext;
  readonly #leaseMs: number;
  /** On the monotonic clock: when the last renewal that succeeded was begun. */
  #renewed: number;
  #cancel: () => void = () => undefined;
  #ended = false;
  #beating: Promise<void> = Promise.resolve();

  constructor(run: RunContext, leaseMs: number) {
    this.#run = run;
    this.#leaseMs = leaseMs;
    this.#renewed = run.environment.monotonic();
    this.#schedule();
  }

  /** When it resolves, nothing more is written by it. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancel();
    await this.#beating;
  }

  #schedule(): void {
    if (this.#ended) return;
    this.#cancel = this.#run.environment.after(this.#leaseMs / 3, () => {
      this.#beating = this.#beat();
    });
  }

  async #beat(): Promise<void> {
    const { environment, repository, stop, state, fence } = this.#run;
    const begun = environment.monotonic();
    try {
      const until = environment.wallClock() + this.#leaseMs;
      const { stopRequested } = await repository.renewLease(state.executionId, fence, until);
      this.#renewed = begun;
      if (stopRequested) stop.stop();
      await this.#showProgress();
    } catch (error) {
      // Anything else may pass: the next beat tries again, as long as the lease lasts.
      if (error instanceof LostLeaseError) stop.lose();
    }
    if (environment.monotonic() - this.#renewed >= this.#leaseMs) stop.lose();
    this.#schedule();
  }

  async #showProgress(): Promise<void> {
    for (const { stepExecutionId, threads } of this.#run.liveSteps) {
      const metrics = noMetrics();
      for (const thread of threads) addMetrics(thread.metrics, metrics);
      await this.#run.repository.changeStepExecution(stepExecutionId, this.#run.fence, { metrics });
    }
  }
}
