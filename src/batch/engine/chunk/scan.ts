/**
 * The recovery mode `scan`: after a write that has failed, each item of the chunk is written alone, in a transaction of its own. Nothing is
 * read or processed again. The record of each says how far the scan has come, so that a crash in the middle repeats nothing.
 */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import { asError, LostLeaseError } from '../../batch-error.ts';
import type { ChunkParts } from './chunk-parts.ts';
import type { ChunkRecord } from './chunk-record.ts';
import type { TransactionLimit } from './transaction-limit.ts';

export interface Scan {
  readonly parts: ChunkParts;
  readonly error: Error;
  readonly items: readonly unknown[];
  /** Of the last chunk that was committed. */
  readonly writerCheckpoint: unknown;
  readonly limit: TransactionLimit;
  begin(): MaybePromise<void>;
  /** Tells whether there is a transaction now. */
  openAgain(open: boolean): void;
  /** The record with item `index` done. */
  record(index: number, writerCheckpoint: unknown): ChunkRecord;
  committed(record: ChunkRecord): void;
  /** @throws the error, if nobody can say whether a commit that failed has happened after all */
  hasHappened(record: ChunkRecord, error: Error): Promise<boolean>;
  skip(index: number, error: Error): void;
}

/** Leaves a transaction open, for the end of the chunk. @throws what the step fails with */
export async function scanChunk(scan: Scan): Promise<void> {
  const { parts, items, limit } = scan;
  const { storage, writer, on, context } = parts;
  let { writerCheckpoint } = scan;

  async function undo(error: Error): Promise<void> {
    await writer.close?.();
    await on.onError?.(error);
    scan.openAgain(false);
    await storage.rollback();
    context.metrics.rollbackCount++;
    await begin();
    await limit.within(writer.open?.(writerCheckpoint));
  }

  async function begin(): Promise<void> {
    await scan.begin();
    scan.openAgain(true);
  }

  await undo(scan.error);
  for (let index = 0; index < items.length; index++) {
    const one = [items[index]];
    await limit.within(on.beforeWrite?.(one));
    try {
      await limit.within(writer.writeItems(one));
    } catch (error) {
      if (await retried(one, index, asError(error))) index--;
      continue;
    }
    context.metrics.writeCount++;
    await limit.within(on.afterWrite?.(one));
    const checkpoint: unknown = (await limit.within(writer.checkpointInfo?.())) ?? null;
    const record = scan.record(index, checkpoint);
    limit.stop();
    try {
      await storage.commit(record);
    } catch (error) {
      if (!(await scan.hasHappened(record, asError(error)))) {
        context.metrics.writeCount--;
        if (await retried(one, index, asError(error))) index--;
        continue;
      }
    }
    scan.committed(record);
    writerCheckpoint = checkpoint;
    scan.openAgain(false);
    await begin();
  }

  /** @returns whether to try the item again; otherwise it is skipped */
  async function retried(one: readonly unknown[], index: number, error: Error): Promise<boolean> {
    // A writer that is still under way cannot be called again.
    if (error instanceof LostLeaseError || limit.late !== undefined) throw error;
    await on.onWriteError?.(one, error);
    const { readSkipCount, processSkipCount, writeSkipCount } = context.metrics;
    const decision = await parts.faults.decide(
      error,
      readSkipCount + processSkipCount + writeSkipCount,
      true,
    );
    if (decision === 'fail') throw error;
    context.survived = error;
    if (decision === 'skip') {
      scan.skip(index, error);
      await on.onSkipWriteItem?.(one, error);
    } else await on.onRetryWriteException?.(one, error);
    await undo(error);
    return decision !== 'skip';
  }
}
