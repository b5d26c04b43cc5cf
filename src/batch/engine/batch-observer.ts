import type { Metrics } from '../repository/job-repository.ts';

/** Watches what a job operator runs, for metrics. It is called in the middle of the work: it must be quick, and must not throw. */
export interface BatchObserver {
  /**
   * A chunk was committed.
   * @param counts Since the chunk before, of the same step or partition.
   * @param ms How long the commit took, with the record of the chunk.
   */
  chunkCommitted(jobName: string, counts: Readonly<Metrics>, ms: number): void;
}
