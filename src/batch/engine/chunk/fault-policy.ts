/**
 * What becomes of an exception of a reader, a processor, a writer or a commit (Jakarta Batch 2.1, section 8.2.1.4).
 *
 * Owns: how many retries there were in this execution of the step. They are never taken back, or a chunk that fails for ever would be
 * retried for ever. Skips are counted by the caller, who takes them back with their chunk.
 */
import type { ExceptionClasses } from '../../artifacts/exception-classes.ts';
import type { ResolvedChunk } from '../../definition/resolved-job.ts';

export type Decision = 'skip' | 'retry' | 'retry-in-place' | 'fail';

export class FaultPolicy {
  readonly #chunk: ResolvedChunk;
  readonly #classes: ExceptionClasses;
  #retries = 0;

  constructor(chunk: ResolvedChunk, classes: ExceptionClasses) {
    this.#chunk = chunk;
    this.#classes = classes;
  }

  /**
   * @param skips So many items were skipped so far.
   * @param retrying The item is one that a retry reads again: then skipping goes before retrying.
   */
  decide(error: Error, skips: number, retrying: boolean): Decision {
    const { skippable, retryable, skipLimit, retryLimit } = this.#chunk;
    const skip = skips < skipLimit && this.#classes.chosen(error, skippable);
    if (skip && retrying) return 'skip';
    if (this.#retries < retryLimit && this.#classes.chosen(error, retryable)) {
      this.#retries++;
      return this.#classes.chosen(error, this.#chunk.noRollback) ? 'retry-in-place' : 'retry';
    }
    return skip ? 'skip' : 'fail';
  }
}
