/**
 * What partitions tell the analyzer, one call after the other, in the order in which it came.
 *
 * Owns: the chain of calls, and the first thing that went wrong in one. A1. No two calls at once. A2. After a failure there are no more calls.
 */
import type { PartitionAnalyzer } from '../../artifacts/flow-artifacts.ts';
import { asError } from '../../batch-error.ts';
import type { BatchStatus } from '../../repository/job-repository.ts';

export class AnalyzerQueue {
  readonly #analyzer: PartitionAnalyzer | undefined;
  #last: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  constructor(analyzer: PartitionAnalyzer | undefined) {
    this.#analyzer = analyzer;
  }

  /** Resolves when the analyzer has had the data: a partition does not run ahead of it. */
  data(data: unknown): Promise<void> {
    return this.#call(() => this.#analyzer?.analyzeCollectorData?.(data));
  }

  status(batchStatus: BatchStatus, exitStatus: string | null): Promise<void> {
    return this.#call(() => this.#analyzer?.analyzeStatus?.(batchStatus, exitStatus));
  }

  /** @throws what a call has thrown */
  async end(): Promise<void> {
    await this.#last;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #call(call: () => unknown): Promise<void> {
    if (this.#analyzer === undefined) return Promise.resolve();
    this.#last = this.#last.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        await call();
      } catch (error) {
        this.#failure = asError(error);
      }
    });
    return this.#last;
  }
}
