/** The state of a chunk run: see chunk-run.ts, which drives it, and chunk-recovery.ts, which mends it. */
import type { Metrics } from '../../repository/job-repository.ts';
import { copyMetrics, noMetrics } from '../metrics.ts';
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import { type ChunkParts, Pace } from './chunk-parts.ts';
import { type ChunkRecord, type SkippedItem, SKIPS_KEPT } from './chunk-record.ts';
import { TransactionLimit } from './transaction-limit.ts';

/** Where an exception came from: only the first four can be skipped or retried. */
export type Where = 'read' | 'process' | 'write' | 'commit' | 'elsewhere';

/**
 * Owns: where the reader is, the items of the chunk that is being made, and what the last committed chunk was. Invariants:
 * C1. `committed` changes only when a commit has succeeded; a skip never moves it.
 * C2. `position` counts the reads tried since the step was opened; `committedPosition` is where it was at `committed`.
 * C3. Through `retryUntil` every item is a chunk of its own, whatever the policy; it never goes back.
 * C4. Counts of a chunk that is rolled back are rolled back with it, but not the count of rollbacks.
 * C5. While `open` there is exactly one transaction.
 */
export class ChunkState {
  readonly parts: ChunkParts;
  readonly pace: Pace;
  /** Of the transaction that is open; without transactions there is no limit. */
  readonly limit: TransactionLimit;
  where: Where = 'elsewhere';
  committed: ChunkRecord;
  committedPosition = 0;
  position = 0;
  retryUntil = 0;
  /** Reads that an earlier execution has dealt with after the reader's checkpoint. */
  settledUntil: number;
  /** From the first call of a chunk, which may be before its transaction, to its commit. */
  begun = false;
  open = false;
  timeoutMs: number;
  /** Of the time limit, on the monotonic clock. */
  deadline = Infinity;
  buffer: unknown[] = [];
  /** Of each item of the buffer; for scanning only. */
  positions: number[] = [];
  /** Items read in this chunk. */
  read = 0;
  /** Read, and not processed yet. */
  item: unknown = undefined;
  /** Nothing more is read for this chunk. */
  full = false;
  depleted = false;
  /** Reader and writer are not open. */
  closed = true;
  stopped = false;
  written = false;
  /** `afterChunk` was called. */
  ended = false;
  skips: readonly SkippedItem[] = [];
  /** What a commit that has failed was to save. */
  attempted: ChunkRecord | undefined = undefined;

  /** @param last The last record of the executions before. */
  constructor(parts: ChunkParts, last: ChunkRecord | undefined) {
    this.parts = parts;
    this.pace = new Pace(parts.environment);
    this.limit = new TransactionLimit(parts.environment, parts.what);
    const { context } = parts;
    // Counts begin anew with each execution of the step, but not when another node goes on with a partition of it.
    const goesOn = last?.stepExecutionId === context.stepExecutionId;
    if (goesOn) copyMetrics(last.metrics, context.metrics);
    this.skips = goesOn ? last.skips : [];
    this.committed = {
      sequence: last?.sequence ?? 0,
      readerCheckpoint: last?.readerCheckpoint ?? null,
      writerCheckpoint: last?.writerCheckpoint ?? null,
      ahead: last?.ahead ?? 0,
      persistentUserData: last?.persistentUserData ?? null,
      metrics: { ...context.metrics },
      skips: this.skips,
      stepExecutionId: context.stepExecutionId,
    };
    this.settledUntil = this.committed.ahead;
    this.timeoutMs = parts.chunk.timeoutMs;
  }

  beginTransaction(): MaybePromise<void> {
    if (this.parts.transactional) this.limit.begin(this.timeoutMs);
    return this.parts.storage.begin(this.timeoutMs);
  }

  /** The record of the chunk as if it were committed. */
  recordOf(readerCheckpoint: unknown, writerCheckpoint: unknown, ahead: number): ChunkRecord {
    const metrics = noMetrics();
    copyMetrics(this.parts.context.metrics, metrics);
    metrics.commitCount++;
    return {
      sequence: this.committed.sequence + 1,
      readerCheckpoint,
      writerCheckpoint,
      ahead,
      persistentUserData: this.parts.context.persistentUserData,
      metrics,
      skips: this.skips,
      stepExecutionId: this.committed.stepExecutionId,
    };
  }

  nowCommitted(record: ChunkRecord): void {
    this.committed = record;
    this.parts.context.metrics.commitCount = record.metrics.commitCount;
    this.committedPosition = this.position;
    this.settledUntil = 0;
    this.newChunk();
  }

  newChunk(): void {
    this.begun = false;
    this.open = false;
    this.full = false;
    this.written = false;
    this.ended = false;
    this.read = 0;
    this.item = undefined;
    this.buffer = [];
    if (this.positions.length > 0) this.positions = [];
  }

  noteSkip(where: SkippedItem['where'], position: number, error: Error): void {
    const skip: SkippedItem = { where, position, error: `${error.name}: ${error.message}` };
    this.skips = [...this.skips.slice(1 - SKIPS_KEPT), skip];
  }

  /** Everything of the chunk is taken back. @returns how many skips */
  undoCounts(): number {
    const { metrics } = this.parts.context;
    const { rollbackCount } = metrics;
    const undone = skipsIn(metrics) - skipsIn(this.committed.metrics);
    copyMetrics(this.committed.metrics, metrics);
    metrics.rollbackCount = rollbackCount + 1;
    this.skips = this.committed.skips;
    return undone;
  }
}

const skipsIn = ({ readSkipCount, processSkipCount, writeSkipCount }: Readonly<Metrics>): number =>
  readSkipCount + processSkipCount + writeSkipCount;
