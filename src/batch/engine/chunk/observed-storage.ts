/** Tells an observer of each commit. Owns the counts of the commit before, of this execution of the step. */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import type { Metrics } from '../../repository/job-repository.ts';
import type { BatchObserver } from '../batch-observer.ts';
import { copyMetrics, noMetrics } from '../metrics.ts';
import type { ChunkRecord } from './chunk-record.ts';
import type { ChunkStorage } from './chunk-storage.ts';

export class ObservedStorage implements ChunkStorage {
  readonly guarantee: string;
  readonly #storage: ChunkStorage;
  readonly #tell: BatchObserver['chunkCommitted'];
  readonly #jobName: string;
  readonly #clock: () => number;
  readonly #before = noMetrics();
  readonly #stepExecutionId: number;
  #taken = false;

  /** @param clock Milliseconds, never going back. */
  constructor(
    storage: ChunkStorage,
    observer: BatchObserver,
    jobName: string,
    stepExecutionId: number,
    clock: () => number,
  ) {
    this.#stepExecutionId = stepExecutionId;
    this.guarantee = storage.guarantee;
    this.#storage = storage;
    this.#tell = (...told) => observer.chunkCommitted(...told);
    this.#jobName = jobName;
    this.#clock = clock;
  }

  begin(timeoutMs: number): MaybePromise<void> {
    return this.#storage.begin(timeoutMs);
  }

  commit(record: ChunkRecord | undefined): MaybePromise<void> {
    const begun = this.#clock();
    const done = this.#storage.commit(record);
    if (done === undefined) return this.#committed(record, begun);
    return done.then(() => this.#committed(record, begun));
  }

  rollback(): MaybePromise<void> {
    return this.#storage.rollback();
  }

  async take(): Promise<ChunkRecord | undefined> {
    const record = await this.#storage.take();
    // What another node has counted was told by it. Later looks are at what this one has saved.
    if (!this.#taken && record?.stepExecutionId === this.#stepExecutionId)
      copyMetrics(record.metrics, this.#before);
    this.#taken = true;
    return record;
  }

  #committed(record: ChunkRecord | undefined, begun: number): void {
    if (record === undefined) return;
    const counts = difference(record.metrics, this.#before);
    copyMetrics(record.metrics, this.#before);
    this.#tell(this.#jobName, counts, this.#clock() - begun);
  }
}

function difference(now: Readonly<Metrics>, before: Readonly<Metrics>): Metrics {
  const counts = noMetrics();
  for (const key of Object.keys(counts) as (keyof Metrics)[]) counts[key] = now[key] - before[key];
  return counts;
}
