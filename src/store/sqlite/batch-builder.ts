import type { CheckpointWrite, OutcomeWrite } from '../checkpoint-store.ts';
import {
  CALL,
  COMPLETE,
  COMPLETE_AND_KEEP,
  FAIL,
  SAVE,
  type EngineBatch,
  type EngineCall,
} from './engine-messages.ts';
import {
  COMPLETED,
  FAILED,
  recordBound,
  requestNumberOf,
  rowLengthFor,
  RUNNING,
  writeRecord,
  type RecordFields,
} from './record-format.ts';

const FIRST_BUFFER = 64 * 1024;
/** A batch takes no further operation beyond either of these. It bounds a transaction, and what one failure takes along. */
const MOST_OPERATIONS = 4096;
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Gathers operations into one batch: all records side by side in one buffer, so that a batch costs one copy of the bytes and
 * one message, however many writers wait.
 */
export class BatchBuilder {
  readonly #kinds: number[] = [];
  readonly #ids: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #calls: EngineCall[] = [];
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #used = 0;

  /** `buffer` may hold anything; it is the batch's own from here on. */
  constructor(buffer: ArrayBuffer = new ArrayBuffer(FIRST_BUFFER)) {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  get size(): number {
    return this.#kinds.length;
  }

  get isFull(): boolean {
    return this.#kinds.length >= MOST_OPERATIONS || this.#used >= MOST_BYTES;
  }

  /** @returns the number of its request (key-hash.ts), 0 if it has none; so do the others */
  save(write: CheckpointWrite): number {
    return this.#add(SAVE, write, RUNNING, write.snapshot, undefined);
  }

  complete(write: OutcomeWrite): number {
    if (write.requestId !== undefined)
      return this.#add(COMPLETE_AND_KEEP, write, COMPLETED, undefined, write.outcome);
    this.#push(COMPLETE, write.id, this.#used);
    return 0;
  }

  fail(write: OutcomeWrite): number {
    return this.#add(FAIL, write, FAILED, undefined, write.outcome);
  }

  call(call: EngineCall): void {
    this.#calls.push(call);
    this.#push(CALL, '', this.#used);
  }

  finish(): EngineBatch & { readonly bytes: Uint8Array<ArrayBuffer> } {
    return {
      kinds: this.#kinds,
      ids: this.#ids,
      starts: this.#starts,
      ends: this.#ends,
      bytes: this.#bytes,
      calls: this.#calls,
    };
  }

  #push(kind: number, id: string, start: number): void {
    this.#kinds.push(kind);
    this.#ids.push(id);
    this.#starts.push(start);
    this.#ends.push(this.#used);
  }

  #add(
    kind: number,
    write: CheckpointWrite | OutcomeWrite,
    status: number,
    snapshot: Uint8Array | undefined,
    outcome: Uint8Array | undefined,
  ): number {
    const fields: RecordFields = {
      id: write.id,
      script: write.script,
      requestId: write.requestId,
      codeHash: write.codeHash,
      status,
      sequence: write.sequence,
      createdAt: write.createdAt,
      updatedAt: write.at,
      snapshot,
      outcome,
      damaged: false,
    };
    const start = this.#used;
    const bound = rowLengthFor(recordBound(fields));
    if (start + bound > this.#bytes.length) this.#grow(start + bound);
    const length = writeRecord(this.#bytes, this.#view, start, fields);
    const end = start + rowLengthFor(length);
    // A loop: for these few bytes `fill` takes longer.
    for (let at = start + length; at < end; at++) this.#bytes[at] = 0;
    this.#used = end;
    this.#push(kind, write.id, start);
    return requestNumberOf(this.#view, start);
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
