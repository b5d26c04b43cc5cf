/** What is saved with every chunk: all that a restart needs, in one piece. */
import { BatchError, BatchErrorCode } from '../../batch-error.ts';
import type { ChunkRecordSource, Metrics } from '../../repository/job-repository.ts';
import { decodePlain, encodePlain, isPrimitive } from '../../repository/plain-data.ts';

/** An item that was left out for good. */
export interface SkippedItem {
  readonly where: 'read' | 'process' | 'write';
  /** How many reads had been tried in this execution of the step, with this one. */
  readonly position: number;
  readonly error: string;
}

export interface ChunkRecord {
  /** Grows by one from chunk to chunk: tells whether a commit that was reported as failed has happened. */
  readonly sequence: number;
  readonly readerCheckpoint: unknown;
  readonly writerCheckpoint: unknown;
  /** So many reads after the reader's checkpoint are dealt with already: a chunk is being scanned item by item. */
  readonly ahead: number;
  readonly persistentUserData: unknown;
  readonly metrics: Readonly<Metrics>;
  /** The last ones; see `SKIPS_KEPT`. */
  readonly skips: readonly SkippedItem[];
  /** Whose counts these are: a partition that another node goes on with in the same execution of the step goes on counting. */
  readonly stepExecutionId: number;
}

export const SKIPS_KEPT = 100;
const VERSION = 1;

/** The record as bytes: made at once if its values could change, otherwise when somebody asks. */
export function recordSource(record: ChunkRecord, what: string): ChunkRecordSource {
  const { readerCheckpoint, writerCheckpoint, persistentUserData } = record;
  const fixed =
    isPrimitive(readerCheckpoint) && isPrimitive(writerCheckpoint) && isPrimitive(persistentUserData);
  if (fixed) return new LazyRecord(record, what);
  const bytes = recordBytes(record, what);
  return { bytes: () => bytes };
}

class LazyRecord implements ChunkRecordSource {
  readonly #record: ChunkRecord;
  readonly #what: string;

  constructor(record: ChunkRecord, what: string) {
    this.#record = record;
    this.#what = what;
  }

  bytes(): Uint8Array {
    return recordBytes(this.#record, this.#what);
  }
}

/** @throws BatchError WM9064 */
export function recordBytes(record: ChunkRecord, what: string): Uint8Array {
  const m = record.metrics;
  return encodePlain(
    [
      VERSION,
      record.sequence,
      record.readerCheckpoint,
      record.writerCheckpoint,
      record.ahead,
      record.persistentUserData,
      [
        m.readCount,
        m.writeCount,
        m.filterCount,
        m.commitCount,
        m.rollbackCount,
        m.readSkipCount,
        m.processSkipCount,
        m.writeSkipCount,
      ],
      record.skips.map(({ where, position, error }) => [where, position, error]),
      record.stepExecutionId,
    ],
    `The checkpoint of ${what}`,
  );
}

/** @throws BatchError WM9065 */
export function readRecord(bytes: Uint8Array, what: string): ChunkRecord {
  const fields = decodePlain(bytes, `The checkpoint of ${what}`);
  if (!Array.isArray(fields) || fields[0] !== VERSION || fields.length < 8) {
    throw new BatchError(
      BatchErrorCode.recordUnreadable,
      `The checkpoint of ${what} cannot be read: it is of a form that this version does not know`,
      { fix: 'Run the version that wrote it.' },
    );
  }
  const [
    ,
    sequence,
    readerCheckpoint,
    writerCheckpoint,
    ahead,
    persistentUserData,
    counts,
    skips,
    stepExecutionId,
  ] = fields as [
    number,
    number,
    unknown,
    unknown,
    number,
    unknown,
    number[],
    [SkippedItem['where'], number, string][],
    number | undefined,
  ];
  const count = (index: number): number => counts[index] ?? 0;
  return {
    sequence,
    readerCheckpoint,
    writerCheckpoint,
    ahead,
    persistentUserData,
    metrics: {
      readCount: count(0),
      writeCount: count(1),
      filterCount: count(2),
      commitCount: count(3),
      rollbackCount: count(4),
      readSkipCount: count(5),
      processSkipCount: count(6),
      writeSkipCount: count(7),
    },
    skips: skips.map(([where, position, error]) => ({ where, position, error })),
    // Older versions did not write it; no execution has the id -1.
    stepExecutionId: stepExecutionId ?? -1,
  };
}
