/**
 * What becomes of an exception of a reader, a processor, a writer or a commit (Jakarta Batch 2.1, section 8.2.1.4).
 *
 * Owns: how many retries there were in this execution of the step. They are never taken back, or a chunk that fails for ever would be
 * retried for ever. Skips are counted by the caller, who takes them back with their chunk.
 */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import type { ExceptionClasses } from '../../artifacts/exception-classes.ts';
import type { ResolvedChunk } from '../../definition/resolved-job.ts';
import type { LimitLedger, Spent } from '../step/limit-ledger.ts';

export type Decision = 'skip' | 'retry' | 'retry-in-place' | 'fail';

export class FaultPolicy {
  readonly #chunk: ResolvedChunk;
  readonly #classes: ExceptionClasses;
  /** Undefined: limits are those of this execution, and of this partition of it. */
  readonly #ledger: LimitLedger | undefined;
  #retries = 0;

  constructor(chunk: ResolvedChunk, classes: ExceptionClasses, ledger: LimitLedger) {
    this.#chunk = chunk;
    this.#classes = classes;
    this.#ledger = chunk.limits === 'instance' ? ledger : undefined;
  }

  /**
   * @param skips So many items were skipped so far.
   * @param retrying The item is one that a retry reads again: then skipping goes before retrying.
   */
  async decide(error: Error, skips: number, retrying: boolean): Promise<Decision> {
    const { skippable, retryable, skipLimit, retryLimit } = this.#chunk;
    const isSkippable = this.#classes.chosen(error, skippable);
    if (isSkippable && retrying && (await this.#isLeft('skip', skips, skipLimit))) return 'skip';
    if (this.#classes.chosen(error, retryable) && (await this.#isLeft('retry', this.#retries, retryLimit))) {
      this.#retries++;
      return this.#classes.chosen(error, this.#chunk.noRollback) ? 'retry-in-place' : 'retry';
    }
    return isSkippable && !retrying && (await this.#isLeft('skip', skips, skipLimit)) ? 'skip' : 'fail';
  }

  /** @param skips Of a chunk that was rolled back: they happen again. */
  async giveBack(skips: number): Promise<void> {
    if (skips > 0 && this.#chunk.skipLimit !== Infinity) await this.#ledger?.giveBack(skips);
  }

  #isLeft(what: Spent, spent: number, limit: number): MaybePromise<boolean> {
    return this.#ledger === undefined || limit === Infinity ? spent < limit : this.#ledger.spend(what, limit);
  }
}
