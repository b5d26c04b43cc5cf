/**
 * Skips and retries of a step over all its executions and partitions, for limits that count them so.
 *
 * Owns: the counts, and their record in the job repository. Invariants:
 * G1. A skip or retry is allowed after its count is durable. So after a crash counts may be too high, by what the chunks under way had skipped; never too low.
 * G2. One change at a time: partitions that ask at the same time get what is left, not each all of it.
 */
import { BatchError, BatchErrorCode } from '../../batch-error.ts';
import { decodePlain, encodePlain } from '../../repository/plain-data.ts';
import type { ChunkKey } from '../chunk/chunk-storage.ts';
import type { PartitionRepository } from '../run-context.ts';

export type Spent = 'skip' | 'retry';

/** What a partition asks, wherever it runs. */
export interface LimitLedger {
  /** @returns whether there may be one more; then it is counted */
  spend(what: Spent, limit: number): Promise<boolean>;
  /** Skips of a chunk that was rolled back. */
  giveBack(skips: number): Promise<void>;
}

/** Beside the partitions, which begin at 0, and the step itself, which is -1. */
const LEDGER_PART = -2;

export class StepLimitLedger implements LimitLedger {
  readonly #repository: PartitionRepository;
  readonly #fence: number;
  readonly #key: ChunkKey;
  #counts: { skip: number; retry: number } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(repository: PartitionRepository, fence: number, instanceId: number, stepName: string) {
    this.#repository = repository;
    this.#fence = fence;
    this.#key = { instanceId, stepName, partition: LEDGER_PART };
  }

  spend(what: Spent, limit: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const counts = await this.#load();
      if (counts[what] >= limit) return false;
      await this.#save({ ...counts, [what]: counts[what] + 1 });
      return true;
    });
  }

  giveBack(skips: number): Promise<void> {
    return this.#inTurn(async () => {
      const counts = await this.#load();
      await this.#save({ ...counts, skip: Math.max(0, counts.skip - skips) });
    });
  }

  /** The step begins anew. */
  forget(): Promise<void> {
    return this.#inTurn(async () => {
      const { skip, retry } = await this.#load();
      if (skip > 0 || retry > 0) await this.#save({ skip: 0, retry: 0 });
    });
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(change);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #load(): Promise<{ skip: number; retry: number }> {
    if (this.#counts !== undefined) return this.#counts;
    const bytes = await this.#repository.loadChunk(this.#key);
    const found: unknown = bytes === undefined ? [0, 0] : decodePlain(bytes, this.#what);
    if (!Array.isArray(found) || !found.every((count) => typeof count === 'number'))
      throw new BatchError(BatchErrorCode.recordUnreadable, `${this.#what} cannot be read`, {
        fix: 'Run the version that wrote it.',
      });
    this.#counts = { skip: found[0] as number, retry: found[1] as number };
    return this.#counts;
  }

  async #save(counts: { skip: number; retry: number }): Promise<void> {
    const bytes = encodePlain([counts.skip, counts.retry], this.#what);
    await this.#repository.saveChunk(this.#key, this.#fence, { bytes: () => bytes });
    this.#counts = counts;
  }

  get #what(): string {
    return `The count of skips and retries of step ${JSON.stringify(this.#key.stepName)}`;
  }
}
