/**
 * The store as its callers see it: turns calls into batches and replies into settled promises.
 *
 * 1. One batch is under way at a time. What is called meanwhile gathers in the next: that is the group commit.
 * 2. A batch leaves at the end of the event loop's turn in which its first operation came, so that all writers that a turn
 *    wakes share one fsync.
 * 3. A fatal failure is final: everything waiting and everything later rejects with it, and `onFatal` hears of it once.
 */
import type {
  CheckpointStore,
  CheckpointWrite,
  CodeChange,
  InstanceFilter,
  InstanceLook,
  InstanceSummary,
  OutcomeWrite,
  StoredInstance,
} from '../checkpoint-store.ts';
import { StoreError, StoreErrorCode, type StoreErrorData } from '../store-error.ts';
import { checkWrite } from '../write-check.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { EngineLink, EngineLinkEvents } from './engine-link.ts';
import type {
  CallName,
  CallResults,
  EngineCall,
  EngineReply,
  EngineStats,
  RawRow,
} from './engine-messages.ts';
import { CALL, COMPLETE, FAIL, SAVE } from './engine-messages.ts';
import { requestHash } from './key-hash.ts';
import { toStoredInstance } from './record-format.ts';
import { readPage } from './row-page.ts';
import { RequestFilter, type RequestTables } from './request-filter.ts';

export interface SqliteStoreStats extends EngineStats {
  /** Operations that wait for their commit, and reads for their answer. */
  readonly waiting: number;
}

const EXPIRE_AT_ONCE = 1000;
const MOST_LISTED = 1_000_000;

type Resolve = (value: unknown) => void;

interface Waiter {
  readonly resolve: Resolve;
  readonly reject: (error: unknown) => void;
}

export class SqliteStore implements CheckpointStore, EngineLinkEvents {
  readonly #directory: string;
  readonly #onFatal: ((error: StoreError) => void) | undefined;
  #link: EngineLink | undefined;
  readonly #requests = new RequestFilter();
  readonly #requestTables: RequestTables = {
    count: async () => {
      const { liveInstances, results } = await this.#call({ name: 'stats' });
      return liveInstances + results;
    },
    live: () => this.#call({ name: 'liveRequests' }),
    results: (after, limit) => this.#call({ name: 'resultRequests', after, limit }),
  };
  #gathering = new BatchBuilder();
  #waiting: Waiter[] = [];
  readonly #full: { readonly batch: BatchBuilder; readonly waiters: Waiter[] }[] = [];
  #underWay: { readonly kinds: readonly number[]; readonly waiters: Waiter[] } | undefined;
  #spare: ArrayBuffer | undefined;
  #isScheduled = false;
  #dead: StoreError | undefined;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(directory: string, onFatal: ((error: StoreError) => void) | undefined) {
    this.#directory = directory;
    this.#onFatal = onFatal;
  }

  /** To be called once, before anything else. */
  attach(link: EngineLink): void {
    this.#link = link;
  }

  save(write: CheckpointWrite): Promise<void> {
    return this.#enqueue(SAVE, write);
  }

  complete(write: OutcomeWrite): Promise<void> {
    return this.#enqueue(COMPLETE, write);
  }

  fail(write: OutcomeWrite): Promise<void> {
    return this.#enqueue(FAIL, write);
  }

  retry(id: string, at: number): Promise<boolean> {
    return this.#call({ name: 'retry', id, at });
  }

  changeCode(change: CodeChange): Promise<boolean> {
    return this.#call({ name: 'changeCode', change });
  }

  purge(id: string): Promise<boolean> {
    return this.#call({ name: 'purge', id });
  }

  async load(id: string): Promise<StoredInstance | undefined> {
    return toInstance(await this.#call({ name: 'load', id }));
  }

  async findRequest(script: string, requestId: string): Promise<StoredInstance | undefined> {
    return toInstance(await this.#call({ name: 'findRequest', script, requestId }));
  }

  lacksRequest(script: string, requestId: string): boolean {
    if (this.#dead !== undefined || this.#closing !== undefined) return false;
    if (this.#requests.isDue) void this.#requests.fill(this.#requestTables);
    return this.#requests.lacks(requestHash(script, requestId));
  }

  async *unfinished(): AsyncGenerator<readonly StoredInstance[], void> {
    const cursor = await this.#call({ name: 'openCursor' });
    try {
      for (;;) {
        const page = await this.#call({ name: 'readCursor', cursor });
        if (page === undefined) return;
        yield readPage(page);
      }
    } finally {
      // A reader who stops half-way, which a store that died or was closed meanwhile must not turn into an error.
      if (this.#dead === undefined && this.#closing === undefined)
        await this.#call({ name: 'closeCursor', cursor });
    }
  }

  page(after: string, limit: number): Promise<readonly InstanceLook[]> {
    return this.#call({ name: 'page', after, limit: asLimit(limit) });
  }

  list(filter: InstanceFilter = {}): Promise<readonly InstanceSummary[]> {
    const { status, script } = filter;
    const limit = filter.limit === undefined ? undefined : asLimit(filter.limit);
    return this.#call({ name: 'list', filter: { status, script, limit } });
  }

  async recentlyEnded(withinMs: number, limit: number): Promise<readonly StoredInstance[]> {
    const rows = await this.#call({ name: 'recentlyEnded', withinMs, limit: asLimit(limit) });
    return rows.map(toStoredInstance);
  }

  async expireResults(before: number): Promise<number> {
    let total = 0;
    // In portions, so that checkpoints do not wait for a million deletions.
    for (;;) {
      const count = await this.#call({ name: 'expireResults', before, atMost: EXPIRE_AT_ONCE });
      total += count;
      this.#requests.removed(count);
      if (count < EXPIRE_AT_ONCE) return total;
    }
  }

  async saveCode(hash: string, bundle: Uint8Array): Promise<void> {
    await this.#call({ name: 'saveCode', hash, bundle });
  }

  loadCode(hash: string): Promise<Uint8Array | undefined> {
    return this.#call({ name: 'loadCode', hash });
  }

  usedCode(): Promise<readonly string[]> {
    return this.#call({ name: 'usedCode' });
  }

  dropUnusedCode(keep: ReadonlySet<string>): Promise<readonly string[]> {
    return this.#call({ name: 'dropUnusedCode', keep });
  }

  /** Counters since opening. */
  async stats(): Promise<SqliteStoreStats> {
    const full = this.#full.reduce((sum, { waiters }) => sum + waiters.length, 0);
    const waiting = full + this.#waiting.length + (this.#underWay?.waiters.length ?? 0);
    return { ...(await this.#call({ name: 'stats' })), waiting };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  onReply(reply: EngineReply, buffer: ArrayBuffer): void {
    const done = this.#underWay;
    this.#underWay = undefined;
    this.#spare = buffer;
    if (done === undefined) return;
    const failure = reply.failure === undefined ? undefined : StoreError.fromData(reply.failure);
    if (failure?.fatal === true) this.#die(failure);
    let call = 0;
    for (let index = 0; index < done.waiters.length; index++) {
      const waiter = done.waiters[index]!;
      if (done.kinds[index] !== CALL) {
        if (failure === undefined) waiter.resolve(undefined);
        else waiter.reject(this.#dead ?? failure);
        continue;
      }
      const answer = reply.calls[call++];
      if (answer?.failure === undefined) {
        waiter.resolve(answer?.value);
        continue;
      }
      const error = StoreError.fromData(answer.failure);
      if (error.fatal) this.#die(error);
      waiter.reject(error.fatal ? this.#dead : error);
    }
    if (this.#hasWork()) this.#schedule();
    else this.#onIdle?.();
  }

  onFailure(failure: StoreErrorData): void {
    const error = StoreError.fromData(failure);
    this.#die(error);
    const lost = this.#underWay;
    this.#underWay = undefined;
    for (const waiter of lost?.waiters ?? []) waiter.reject(this.#dead);
    this.#onIdle?.();
  }

  #enqueue(kind: typeof SAVE, write: CheckpointWrite): Promise<void>;
  #enqueue(kind: typeof COMPLETE | typeof FAIL, write: OutcomeWrite): Promise<void>;
  #enqueue(kind: number, write: CheckpointWrite | OutcomeWrite): Promise<void> {
    return new Promise((resolve, reject) => {
      // What is thrown here is what the promise rejects with.
      checkWrite(write);
      const batch = this.#openBatch();
      let request: number;
      if (kind === SAVE) request = batch.save(write as CheckpointWrite);
      else if (kind === COMPLETE) request = batch.complete(write as OutcomeWrite);
      else request = batch.fail(write as OutcomeWrite);
      if (request !== 0) this.#requests.add(request);
      this.#wait(resolve as Resolve, reject);
    });
  }

  #call<Name extends CallName>(call: EngineCall & { readonly name: Name }): Promise<CallResults[Name]> {
    return new Promise((resolve, reject) => {
      this.#openBatch().call(call);
      this.#wait(resolve as Resolve, reject);
    });
  }

  /** The batch that gathers. @throws StoreError if the store takes no more. */
  #openBatch(): BatchBuilder {
    if (this.#dead !== undefined) throw this.#dead;
    if (this.#closing !== undefined) {
      throw new StoreError(StoreErrorCode.closed, `the store in ${this.#directory} is closed`, {
        fix: 'Finish the work that uses the store before closing it.',
      });
    }
    if (this.#gathering.isFull) {
      this.#full.push({ batch: this.#gathering, waiters: this.#waiting });
      this.#gathering = new BatchBuilder();
      this.#waiting = [];
    }
    return this.#gathering;
  }

  #wait(resolve: Resolve, reject: (error: unknown) => void): void {
    this.#waiting.push({ resolve, reject });
    if (this.#underWay === undefined) this.#schedule();
  }

  #hasWork(): boolean {
    return this.#full.length > 0 || this.#gathering.size > 0;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#underWay === undefined && this.#hasWork()) this.#send();
    });
  }

  #send(): void {
    let next = this.#full.shift();
    if (next === undefined) {
      next = { batch: this.#gathering, waiters: this.#waiting };
      this.#gathering = new BatchBuilder(this.#spare);
      this.#spare = undefined;
      this.#waiting = [];
    }
    const batch = next.batch.finish();
    this.#underWay = { kinds: batch.kinds, waiters: next.waiters };
    this.#link?.send(batch);
  }

  #die(error: StoreError): void {
    if (this.#dead !== undefined) return;
    this.#dead = error;
    const lost = [...this.#full.flatMap(({ waiters }) => waiters), ...this.#waiting];
    this.#full.length = 0;
    this.#waiting = [];
    this.#gathering = new BatchBuilder();
    for (const waiter of lost) waiter.reject(error);
    this.#onFatal?.(error);
  }

  async #close(): Promise<void> {
    if (this.#underWay !== undefined || this.#hasWork()) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.#link?.close();
  }
}

function asLimit(limit: number): number {
  return Math.trunc(Math.min(Math.max(limit, 0), MOST_LISTED));
}

function toInstance(raw: RawRow | undefined): StoredInstance | undefined {
  return raw === undefined ? undefined : toStoredInstance(raw);
}
