/** What happens after an exception in a chunk: skip, try again, roll back and read again, scan, or fail (Jakarta Batch 2.1, 8.2.1.4 and 11.7). */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import { asError, LostLeaseError } from '../../batch-error.ts';
import type { ChunkRecord } from './chunk-record.ts';
import type { ChunkState, Where } from './chunk-state.ts';
import { scanChunk } from './scan.ts';

/** Decides what becomes of an exception. Returns if the run goes on, from the state that it leaves. */
export async function recover(state: ChunkState, error: Error): Promise<void> {
  const where = state.where;
  state.where = 'elsewhere';
  const { late } = state.limit;
  // At once: it lets go of locks, and what is late may be a statement of it.
  if (late !== undefined) await state.parts.storage.rollback();
  if (where === 'elsewhere' || error instanceof LostLeaseError) throw error;
  if (where === 'commit' && (await hasHappened(state, state.attempted!, error))) {
    state.nowCommitted(state.attempted!);
    return;
  }
  const { on, faults, chunk, context } = state.parts;
  const items = state.buffer;
  const item = state.item;
  const failing = where === 'read' ? state.position + 1 : state.position;
  if (where === 'read') await on.onReadError?.(error);
  else if (where === 'process') await on.onProcessError?.(item, error);
  else await on.onWriteError?.(items, error);
  const { readSkipCount, processSkipCount, writeSkipCount } = context.metrics;
  const skipped = readSkipCount + processSkipCount + writeSkipCount;
  const decision = await faults.decide(error, skipped, failing <= state.retryUntil);
  const scanning = chunk.recovery === 'scan';
  if (decision === 'fail') throw error;
  // Reader, processor and writer are used by one at a time: what is late must come to an end before they are used again.
  if (late !== undefined && (decision === 'skip' || scanning || !(await state.limit.comesBack(late))))
    throw error;
  context.survived = error;
  if (state.pace.isDue()) await state.pace.breathe();
  const isWrite = where === 'write' || where === 'commit';
  if (isWrite && scanning && decision !== 'retry-in-place') {
    if (decision === 'retry') await on.onRetryWriteException?.(items, error);
    return scan(state, error);
  }
  if (decision === 'skip') return skip(state, where, error);
  if (where === 'read') await on.onRetryReadException?.(error);
  else if (where === 'process') await on.onRetryProcessException?.(item, error);
  else await on.onRetryWriteException?.(items, error);
  // The same call again, in the same transaction: the loop finds everything as it was before the call.
  // A database cannot commit a transaction that has failed to.
  const inPlace =
    decision === 'retry-in-place' && late === undefined && !(where === 'commit' && state.parts.transactional);
  if (inPlace || (scanning && !isWrite)) {
    if (!state.parts.stop.requested) return;
    // It would go on for as long as the call fails. What has not been read can be read after a restart; anything else is undone.
    if (where === 'read') return endChunkIfDue(state);
  }
  await rollBack(state, error, failing);
}

async function skip(state: ChunkState, where: Where, error: Error): Promise<void> {
  const { on, context, storage, chunk } = state.parts;
  const { metrics } = context;
  if (where === 'read') {
    state.position++;
    metrics.readSkipCount++;
    state.noteSkip('read', state.position, error);
    await on.onSkipReadItem?.(error);
    endChunkIfDue(state);
  } else if (where === 'process') {
    const item = state.item;
    state.item = undefined;
    metrics.processSkipCount++;
    state.noteSkip('process', state.position, error);
    await on.onSkipProcessItem?.(item, error);
    state.full = state.position <= state.retryUntil || state.read >= chunk.itemCount;
    endChunkIfDue(state);
  } else {
    const items = state.buffer;
    metrics.writeSkipCount++;
    if (where === 'commit' && state.written) metrics.writeCount -= items.length;
    state.noteSkip('write', state.position, error);
    await on.onSkipWriteItem?.(items, error);
    // Nothing of these items may stay behind: what was written of them is undone, and the chunk ends in a new transaction.
    state.buffer = [];
    state.written = true;
    if (state.parts.transactional) metrics.rollbackCount++;
    await storage.rollback();
    await state.beginTransaction();
  }
}

/** A skipped item is dealt with as any other: after it a stop is heard, and the time limit. */
function endChunkIfDue(state: ChunkState): void {
  const { chunk, environment, stop } = state.parts;
  if (stop.requested) state.stopped = state.full = true;
  else if (chunk.timeLimitMs > 0 && environment.monotonic() >= state.deadline) state.full = true;
}

/** Section 11.7: the rollback procedure; then items are read again one by one until the one that failed is past. */
async function rollBack(state: ChunkState, error: Error, failing: number): Promise<void> {
  const { reader, writer, on, storage, faults } = state.parts;
  state.retryUntil = Math.max(state.retryUntil, failing);
  await closed(state, () => writer.close?.());
  await closed(state, () => reader.close?.());
  state.closed = true;
  await on.onError?.(error);
  state.open = false;
  await storage.rollback();
  await faults.giveBack(state.undoCounts());
  state.position = state.committedPosition;
  state.depleted = false;
  state.stopped = false;
  state.newChunk();
  await openBoth(state, 'writer first');
}

/**
 * A database may have committed although it could not say so.
 * @throws the error of the commit, if nobody can say
 */
async function hasHappened(state: ChunkState, attempted: ChunkRecord, error: Error): Promise<boolean> {
  const { storage, transactional, alsoFailed } = state.parts;
  if (!transactional) return false;
  try {
    await storage.rollback();
    return (await storage.take())?.sequence === attempted.sequence;
  } catch (also) {
    alsoFailed(asError(also));
    throw error;
  }
}

async function scan(state: ChunkState, error: Error): Promise<void> {
  const { metrics } = state.parts.context;
  if (state.written) metrics.writeCount -= state.buffer.length;
  await scanChunk({
    parts: state.parts,
    error,
    items: state.buffer,
    writerCheckpoint: state.committed.writerCheckpoint,
    limit: state.limit,
    begin: () => state.beginTransaction(),
    openAgain: (open) => void (state.open = open),
    record: (index, writerCheckpoint) => {
      const ahead = state.positions[index]! - state.committedPosition;
      return state.recordOf(state.committed.readerCheckpoint, writerCheckpoint, ahead);
    },
    hasHappened: (record, reason) => hasHappened(state, record, reason),
    committed(record) {
      state.committed = record;
      metrics.commitCount = record.metrics.commitCount;
    },
    skip: (index, reason) => {
      metrics.writeSkipCount++;
      state.noteSkip('write', state.positions[index]!, reason);
    },
  });
  // Everything is written or skipped: the chunk ends as any other, in the transaction that is open now.
  state.buffer = [];
  state.written = true;
  state.full = true;
}

/** In a transaction of their own, at the last checkpoint. */
export async function openBoth(state: ChunkState, order: 'reader first' | 'writer first'): Promise<void> {
  const { reader, writer, storage, alsoFailed } = state.parts;
  const { readerCheckpoint, writerCheckpoint } = state.committed;
  const both = [
    { open: () => reader.open?.(readerCheckpoint), close: () => reader.close?.() },
    { open: () => writer.open?.(writerCheckpoint), close: () => writer.close?.() },
  ];
  if (order === 'writer first') both.reverse();
  const opened: typeof both = [];
  await state.beginTransaction();
  try {
    for (const one of both) {
      await state.limit.within(one.open());
      opened.unshift(one);
    }
    state.limit.stop();
    await storage.commit(undefined);
  } catch (error) {
    state.limit.stop();
    for (const one of opened) await attempt(() => closed(state, one.close), alsoFailed);
    await attempt(() => storage.rollback(), alsoFailed);
    throw error;
  }
  state.closed = false;
}

export async function closeBoth(state: ChunkState): Promise<void> {
  const { reader, writer, storage, alsoFailed } = state.parts;
  state.closed = true;
  await state.beginTransaction();
  try {
    await state.limit.within(writer.close?.());
  } catch (error) {
    await attempt(() => closed(state, () => reader.close?.()), alsoFailed);
    await attempt(() => storage.rollback(), alsoFailed);
    throw error;
  }
  try {
    await state.limit.within(reader.close?.());
    state.limit.stop();
    await storage.commit(undefined);
  } catch (error) {
    state.limit.stop();
    await attempt(() => storage.rollback(), alsoFailed);
    throw error;
  }
}

/** After a failure: what does not answer any more, maybe because of that, is waited for as long as a transaction may take. */
async function closed(state: ChunkState, close: () => MaybePromise<void>): Promise<void> {
  if (state.parts.transactional) state.limit.begin(state.timeoutMs);
  try {
    await state.limit.within(close());
  } finally {
    state.limit.stop();
  }
}

async function attempt(call: () => unknown, alsoFailed: (error: Error) => void): Promise<void> {
  try {
    await call();
  } catch (error) {
    alsoFailed(asError(error));
  }
}

/** The step fails: the chunk is undone. What goes wrong now too is told with the error, and does not take its place. */
export async function abandonChunk(state: ChunkState, error: Error): Promise<void> {
  const { reader, writer, on, storage, context, faults, alsoFailed } = state.parts;
  context.failure = error;
  state.limit.stop();
  if (state.begun) await attempt(() => on.onError?.(error), alsoFailed);
  if (!state.closed) {
    await attempt(() => closed(state, () => writer.close?.()), alsoFailed);
    await attempt(() => closed(state, () => reader.close?.()), alsoFailed);
  }
  if (!state.open) return;
  await attempt(() => storage.rollback(), alsoFailed);
  await attempt(() => faults.giveBack(state.undoCounts()), alsoFailed);
}
