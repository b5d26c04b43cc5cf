/** Counts what the jobs of a node do. Owns the counts, since the process has begun; they never go down, except that of running ones. */
import type { BatchObserver } from '../../batch/engine/batch-observer.ts';
import type { Metrics } from '../../batch/repository/job-repository.ts';
import { LatencyHistogram } from '../../node/latency-histogram.ts';
import type { JobCounts, JobsSample } from '../metrics/node-sample.ts';

type Counts = { -readonly [key in keyof JobCounts]: JobCounts[key] } & {
  ended: Record<'COMPLETED' | 'FAILED' | 'STOPPED', number>;
};

export class JobStatistics implements BatchObserver {
  readonly #jobs = new Map<string, Counts>();
  readonly #commit = new LatencyHistogram();
  #moved = 0;

  /** So that a job which has never run is there with zeros. */
  known(jobName: string): void {
    this.#of(jobName);
  }

  started(jobName: string): void {
    const counts = this.#of(jobName);
    counts.started++;
    counts.running++;
  }

  /** @param status Undefined: its last word could not be written. */
  ended(jobName: string, status: string | undefined): void {
    const counts = this.#of(jobName);
    counts.running--;
    if (status === 'COMPLETED' || status === 'STOPPED') counts.ended[status]++;
    else counts.ended.FAILED++;
  }

  partitionMoved(): void {
    this.#moved++;
  }

  chunkCommitted(jobName: string, metrics: Readonly<Metrics>, ms: number): void {
    const counts = this.#of(jobName);
    counts.read += metrics.readCount;
    counts.written += metrics.writeCount;
    counts.filtered += metrics.filterCount;
    counts.skipped += metrics.readSkipCount + metrics.processSkipCount + metrics.writeSkipCount;
    counts.chunks++;
    this.#commit.record(ms);
  }

  sample(hostedWorkers: number): JobsSample {
    return {
      jobs: [...this.#jobs.values()],
      commit: this.#commit.summary(),
      hostedWorkers,
      movedPartitions: this.#moved,
    };
  }

  #of(job: string): Counts {
    let counts = this.#jobs.get(job);
    if (counts === undefined) {
      counts = {
        job,
        running: 0,
        started: 0,
        ended: { COMPLETED: 0, FAILED: 0, STOPPED: 0 },
        read: 0,
        written: 0,
        filtered: 0,
        skipped: 0,
        chunks: 0,
      };
      this.#jobs.set(job, counts);
    }
    return counts;
  }
}
