/**
 * The whole store behind the thread border: takes batches of operations and answers them.
 *
 * 1. All writes of a batch are one transaction; the reply is made after its commit is durable, or after it was taken back.
 * 2. Reads of a batch see all its writes. They run after the commit, so nothing is ever shown that is not durable.
 * 3. A fatal failure is final: every later batch gets the same one.
 */
import type { StoreErrorData } from '../store-error.ts';
import type { CodeChange } from '../checkpoint-store.ts';
import { CodeTable } from './code-table.ts';
import { Database } from './database.ts';
import {
  CALL,
  COMPLETE,
  COMPLETE_AND_KEEP,
  FAIL,
  type CallReply,
  type EngineBatch,
  type EngineCall,
  type EngineOptions,
  type EngineReply,
  type EngineStats,
} from './engine-messages.ts';
import { EngineReads } from './engine-reads.ts';
import { GroupSizeHistogram } from './group-size-histogram.ts';
import { LiveTable } from './live-table.ts';
import { encodeRow, FAILED, numericKeys, readRecord, RUNNING, updatedAtOf } from './record-format.ts';
import { ResultTable } from './result-table.ts';
import { failureOf, tablesFailureOf } from './sqlite-failure.ts';

export class Engine {
  readonly #database: Database;
  readonly #live: LiveTable;
  readonly #results: ResultTable;
  readonly #code: CodeTable;
  readonly #reads: EngineReads;
  readonly #groups = new GroupSizeHistogram();
  #dead: StoreErrorData | undefined;

  /** @throws StoreError if the data folder cannot be used. */
  constructor(options: EngineOptions) {
    this.#database = new Database(options);
    try {
      this.#live = new LiveTable(this.#database);
      this.#results = new ResultTable(this.#database, options.recentResults);
      this.#code = new CodeTable(this.#database);
    } catch (error) {
      this.#database.close();
      throw tablesFailureOf(error, options.directory);
    }
    this.#reads = new EngineReads(this.#live, this.#results, this.#code, () => this.#stats());
  }

  /** Does what the batch says. Never throws. */
  run(batch: EngineBatch): EngineReply {
    if (this.#dead !== undefined)
      return { failure: this.#dead, calls: batch.calls.map(() => ({ failure: this.#dead! })) };
    const calls: CallReply[] = [];
    const failure = hasWrites(batch) ? this.#write(batch, calls) : undefined;
    batch.calls.forEach((call, index) => {
      if (EngineReads.isRead(call)) calls[index] = this.#read(call);
      else if (failure !== undefined) calls[index] = { failure };
    });
    return { failure, calls };
  }

  /** To be called after each reply was sent. @returns the failure that ended the store, if it just did. */
  afterReply(): StoreErrorData | undefined {
    if (this.#dead !== undefined) return undefined;
    const failure = this.#database.copyLogIfDue();
    if (failure !== undefined) this.#dead = failure.toData();
    return this.#dead;
  }

  close(): void {
    this.#database.close();
  }

  #write(batch: EngineBatch, replies: CallReply[]): StoreErrorData | undefined {
    try {
      this.#live.begin();
      this.#database.begin();
      const pages = this.#apply(batch, replies) + this.#live.writeOut() + this.#results.writeOut();
      this.#database.commit(pages);
      this.#live.commit();
      this.#results.commit();
      this.#groups.record(batch.kinds.length);
      return undefined;
    } catch (error) {
      return this.#takeBack(error);
    }
  }

  #takeBack(error: unknown): StoreErrorData {
    let failure = failureOf(error, this.#database.directory);
    this.#live.rollback();
    this.#results.rollback();
    try {
      this.#database.rollback();
    } catch (second) {
      failure = failureOf(failure.fatal ? error : second, this.#database.directory);
    }
    if (failure.fatal) this.#dead = failure.toData();
    return failure.toData();
  }

  /** Applies the writes in their order. @returns a bound of the pages changed outside the live table. */
  #apply(batch: EngineBatch, replies: CallReply[]): number {
    const { kinds, ids, starts, ends, bytes } = batch;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let pages = 0;
    let call = 0;
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index]!;
      if (kind === CALL) {
        const request = batch.calls[call]!;
        if (!EngineReads.isRead(request)) {
          // It may be about what the operations before it gathered.
          pages += 8 + this.#results.writeOut();
          replies[call] = { value: this.#change(request) };
        }
        call++;
        continue;
      }
      const id = ids[index]!;
      if (kind === COMPLETE) {
        if (!this.#live.free(id)) this.#results.drop(id);
        continue;
      }
      const start = starts[index]!;
      const row = bytes.subarray(start, ends[index]!);
      const keys = numericKeys(view, start);
      if (kind === COMPLETE_AND_KEEP) {
        const wasLive = this.#live.free(id);
        this.#results.put(id, keys, updatedAtOf(view, start), row, { wasLive });
      } else {
        const isKnown = this.#live.put(id, keys, kind === FAIL ? this.#failedRow(id, row) : row);
        if (!isKnown) this.#results.drop(id);
      }
    }
    return pages;
  }

  /** The row of a failed instance: what the caller says of it, with the checkpoint that it has. */
  #failedRow(id: string, said: Uint8Array): Uint8Array {
    const before = this.#live.row(id);
    const kept = before === undefined ? undefined : readRecord(before);
    if (kept?.snapshot === undefined) return said;
    const fields = readRecord(said);
    return fields === undefined
      ? said
      : encodeRow({ ...fields, snapshot: kept.snapshot, damaged: kept.damaged });
  }

  #change(call: EngineCall): unknown {
    switch (call.name) {
      case 'retry':
        return this.#retry(call.id, call.at);
      case 'changeCode':
        return this.#changeCode(call.change);
      case 'purge':
        return this.#live.free(call.id) || this.#results.delete(call.id);
      case 'expireResults':
        return this.#results.expire(call.before, call.atMost);
      case 'saveCode':
        return this.#code.save(call.hash, call.bundle);
      case 'dropUnusedCode':
        return this.#code.dropUnused(call.keep, this.#live.slots.codeTagsInUse());
      default:
        throw new TypeError(`${call.name} changes nothing`);
    }
  }

  #retry(id: string, at: number): boolean {
    const row = this.#live.row(id);
    const record = row === undefined ? undefined : readRecord(row);
    if (record === undefined || record.id !== id || record.status !== FAILED) return false;
    if (record.snapshot === undefined || record.damaged) return false;
    const again = encodeRow({ ...record, status: RUNNING, updatedAt: at, outcome: undefined });
    this.#live.put(id, numericKeys(new DataView(again.buffer), 0), again);
    return true;
  }

  #changeCode({ id, from, codeHash, snapshot }: CodeChange): boolean {
    const row = this.#live.row(id);
    const record = row === undefined ? undefined : readRecord(row);
    if (record === undefined || record.id !== id || record.damaged || record.snapshot === undefined)
      return false;
    if (record.codeHash !== from.codeHash || record.sequence !== from.sequence) return false;
    if (!this.#code.has(codeHash)) return false;
    const changed = encodeRow({ ...record, codeHash, snapshot });
    this.#live.put(id, numericKeys(new DataView(changed.buffer), 0), changed);
    return true;
  }

  #read(call: EngineCall): CallReply {
    try {
      if (this.#dead !== undefined) return { failure: this.#dead };
      return { value: this.#reads.answer(call) };
    } catch (error) {
      // One damaged value is that value's trouble; a database that cannot be read is everybody's.
      const failure = failureOf(error, this.#database.directory).toData();
      if (failure.fatal) this.#dead = failure;
      return { failure };
    }
  }

  #stats(): EngineStats {
    const groups = this.#groups.read();
    return {
      transactions: this.#database.commits,
      operations: groups.sum,
      groups,
      rows: this.#live.rowsWritten,
      walCheckpoints: this.#database.copies,
      liveInstances: this.#live.slots.size,
      slots: this.#live.slots.highest,
      results: this.#results.count,
    };
  }
}

function hasWrites(batch: EngineBatch): boolean {
  return batch.kinds.length > batch.calls.length || batch.calls.some((call) => !EngineReads.isRead(call));
}
