/**
 * Reads, processes and writes the items of a step, or of one partition of it, chunk by chunk (Jakarta Batch 2.1, sections 11.6 to 11.9). HOT PATH:
 * what answers at once is never awaited, because an await costs more than an item.
 */
import { asError, LostLeaseError } from '../../batch-error.ts';
import { isPromise } from '../maybe-promise.ts';
import type { ChunkParts } from './chunk-parts.ts';
import type { ChunkRecord } from './chunk-record.ts';
import { abandonChunk, closeBoth, openBoth, recover } from './chunk-recovery.ts';
import { ChunkState } from './chunk-state.ts';

/**
 * @param last The last record of the executions before.
 * @throws What the step fails with; then reader and writer are closed and the last chunk is rolled back.
 */
export async function runChunkStep(
  parts: ChunkParts,
  last: ChunkRecord | undefined,
): Promise<'COMPLETED' | 'STOPPED'> {
  const state = new ChunkState(parts, last);
  await openBoth(state, 'reader first');
  try {
    await untilTheEnd(state);
  } catch (error) {
    await abandonChunk(state, asError(error));
    throw error;
  }
  await closeBoth(state);
  return state.depleted ? 'COMPLETED' : 'STOPPED';
}

async function untilTheEnd(state: ChunkState): Promise<void> {
  for (;;) {
    try {
      return await runChunks(state);
    } catch (error) {
      await recover(state, asError(error));
    }
  }
}

/** Chunk after chunk, until there are no more items, a stop or an exception. */
async function runChunks(state: ChunkState): Promise<void> {
  const { chunk, reader, processor, writer, algorithm, storage, context, environment, stop, on } =
    state.parts;
  const { limit } = state;
  const { metrics } = context;
  const { itemCount, timeLimitMs } = chunk;
  const pace = state.pace;
  for (;;) {
    if (!state.open) {
      if (state.depleted || state.stopped) return;
      if (stop.requested) {
        if (stop.lost) throw new LostLeaseError('A chunk');
        state.stopped = true;
        return;
      }
      state.begun = true;
      if (algorithm !== undefined) {
        if (algorithm.checkpointTimeout !== undefined)
          state.timeoutMs = (await algorithm.checkpointTimeout()) * 1000;
        await algorithm.beginCheckpoint?.();
      }
      const begun = state.beginTransaction();
      if (isPromise(begun)) await begun;
      state.open = true;
      if (on.beforeChunk !== undefined) await limit.within(on.beforeChunk());
      if (timeLimitMs > 0) state.deadline = environment.monotonic() + timeLimitMs;
    }

    while (!state.full) {
      let item = state.item;
      if (item === undefined) {
        if (on.beforeRead !== undefined) {
          const answer = on.beforeRead();
          if (isPromise(answer)) await limit.within(answer);
        }
        state.where = 'read';
        item = reader.readItem();
        if (isPromise(item)) item = await limit.within(item);
        state.where = 'elsewhere';
        if (on.afterRead !== undefined) {
          const answer = on.afterRead(item ?? null);
          if (isPromise(answer)) await limit.within(answer);
        }
        if (item === null || item === undefined) {
          state.depleted = state.full = true;
          break;
        }
        const position = ++state.position;
        metrics.readCount++;
        if (position <= state.settledUntil) continue;
        state.read++;
      }

      let output: unknown = item;
      if (processor !== undefined) {
        state.item = item;
        if (on.beforeProcess !== undefined) {
          const answer = on.beforeProcess(item);
          if (isPromise(answer)) await limit.within(answer);
        }
        state.where = 'process';
        output = processor.processItem(item);
        if (isPromise(output)) output = await limit.within(output);
        state.where = 'elsewhere';
        if (on.afterProcess !== undefined) {
          const answer = on.afterProcess(item, output ?? null);
          if (isPromise(answer)) await limit.within(answer);
        }
        state.item = undefined;
      }
      if (output === null || output === undefined) metrics.filterCount++;
      else {
        state.buffer.push(output);
        if (chunk.recovery === 'scan') state.positions.push(state.position);
      }

      if (state.position <= state.retryUntil || state.read >= itemCount) state.full = true;
      else if (timeLimitMs > 0 && environment.monotonic() >= state.deadline) state.full = true;
      else if (algorithm !== undefined) {
        const ready = algorithm.isReadyToCheckpoint();
        state.full = isPromise(ready) ? await limit.within(ready) : ready;
      }
      if (pace.isDue()) await pace.breathe();
      if (stop.requested) state.stopped = state.full = true;
    }
    if (stop.lost) throw new LostLeaseError('A chunk');

    if (state.read > 0 && !state.written) {
      const items = state.buffer;
      if (on.beforeWrite !== undefined) await limit.within(on.beforeWrite(items));
      state.where = 'write';
      const answer = writer.writeItems(items);
      if (isPromise(answer)) await limit.within(answer);
      state.where = 'elsewhere';
      metrics.writeCount += items.length;
      state.written = true;
      if (on.afterWrite !== undefined) await limit.within(on.afterWrite(items));
    }
    if (!state.ended) {
      if (on.afterChunk !== undefined) await limit.within(on.afterChunk());
      state.ended = true;
    }
    let readerCheckpoint: unknown = reader.checkpointInfo?.();
    if (isPromise(readerCheckpoint)) readerCheckpoint = await limit.within(readerCheckpoint);
    let writerCheckpoint: unknown = writer.checkpointInfo?.();
    if (isPromise(writerCheckpoint)) writerCheckpoint = await limit.within(writerCheckpoint);
    const record = state.recordOf(readerCheckpoint ?? null, writerCheckpoint ?? null, 0);
    state.attempted = record;
    state.where = 'commit';
    limit.stop();
    const committing = storage.commit(record);
    if (isPromise(committing)) await committing;
    state.where = 'elsewhere';
    const wasWritten = state.read > 0;
    state.nowCommitted(record);

    if (algorithm !== undefined) await algorithm.endCheckpoint?.();
    if (wasWritten && state.parts.afterCheckpoint !== undefined) await state.parts.afterCheckpoint();
    if (pace.isDue()) await pace.breathe();
  }
}
