import type {
  CheckpointStore,
  CheckpointWrite,
  CodeChange,
  InstanceFilter,
  InstanceLook,
  InstanceStatus,
  InstanceSummary,
  OutcomeWrite,
  StoredInstance,
} from '../checkpoint-store.ts';
import { StoreError, StoreErrorCode } from '../store-error.ts';
import { checkWrite } from '../write-check.ts';

const PAGE = 256;
const LIST_LIMIT = 100;

const requestKey = (script: string, requestId: string): string => JSON.stringify([script, requestId]);

function newestFirst(a: InstanceSummary, b: InstanceSummary): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function lookOf(instance: StoredInstance): InstanceLook {
  const { id, script, requestId, codeHash, status, sequence, createdAt, updatedAt, damaged } = instance;
  return { id, script, requestId, codeHash, status, sequence, createdAt, updatedAt, damaged };
}

function copyOf(instance: StoredInstance): StoredInstance {
  return { ...instance, snapshot: instance.snapshot?.slice(), outcome: instance.outcome?.slice() };
}

/**
 * A store that keeps everything in memory and nothing longer than the process: for volatile runs and for tests. Its
 * "durable" means: in memory.
 */
export class MemoryStore implements CheckpointStore {
  readonly #instances = new Map<string, StoredInstance>();
  readonly #requests = new Map<string, Set<string>>();
  readonly #code = new Map<string, Uint8Array>();
  #isClosed = false;

  async save(write: CheckpointWrite): Promise<void> {
    this.#checkOpen();
    checkWrite(write);
    this.#put(write, 'running', write.snapshot.slice(), undefined);
  }

  async complete(write: OutcomeWrite): Promise<void> {
    this.#checkOpen();
    checkWrite(write);
    if (write.requestId === undefined) this.#remove(write.id);
    else this.#put(write, 'completed', undefined, write.outcome.slice());
  }

  async fail(write: OutcomeWrite): Promise<void> {
    this.#checkOpen();
    checkWrite(write);
    this.#put(write, 'failed', this.#instances.get(write.id)?.snapshot, write.outcome.slice());
  }

  async retry(id: string, at: number): Promise<boolean> {
    this.#checkOpen();
    const instance = this.#instances.get(id);
    if (instance?.status !== 'failed' || instance.snapshot === undefined) return false;
    this.#instances.set(id, { ...instance, status: 'running', updatedAt: at, outcome: undefined });
    return true;
  }

  async changeCode({ id, from, codeHash, snapshot }: CodeChange): Promise<boolean> {
    this.#checkOpen();
    const instance = this.#instances.get(id);
    if (instance?.snapshot === undefined || !this.#code.has(codeHash)) return false;
    if (instance.codeHash !== from.codeHash || instance.sequence !== from.sequence) return false;
    this.#instances.set(id, { ...instance, codeHash, snapshot: snapshot.slice() });
    return true;
  }

  async purge(id: string): Promise<boolean> {
    this.#checkOpen();
    return this.#remove(id);
  }

  async load(id: string): Promise<StoredInstance | undefined> {
    this.#checkOpen();
    const instance = this.#instances.get(id);
    return instance === undefined ? undefined : copyOf(instance);
  }

  async findRequest(script: string, requestId: string): Promise<StoredInstance | undefined> {
    this.#checkOpen();
    const found = Array.from(this.#requests.get(requestKey(script, requestId)) ?? [], (id) =>
      this.#instances.get(id),
    );
    const newest = found.filter((instance) => instance !== undefined).sort(newestFirst)[0];
    return newest === undefined ? undefined : copyOf(newest);
  }

  lacksRequest(script: string, requestId: string): boolean {
    return !this.#isClosed && !this.#requests.has(requestKey(script, requestId));
  }

  async *unfinished(): AsyncGenerator<readonly StoredInstance[], void> {
    this.#checkOpen();
    const ids = [...this.#instances.values()]
      .filter((instance) => instance.status === 'running')
      .sort((a, b) => newestFirst(b, a))
      .map((instance) => instance.id);
    for (let at = 0; at < ids.length; at += PAGE) {
      this.#checkOpen();
      const page = ids
        .slice(at, at + PAGE)
        .map((id) => this.#instances.get(id))
        .filter((instance) => instance?.status === 'running')
        .map((instance) => copyOf(instance as StoredInstance));
      if (page.length > 0) yield page;
    }
  }

  async page(after: string, limit: number): Promise<readonly InstanceLook[]> {
    this.#checkOpen();
    const ids = [...this.#instances.keys()].filter((id) => id > after).sort();
    return ids.slice(0, limit).map((id) => lookOf(this.#instances.get(id)!));
  }

  async list(filter: InstanceFilter = {}): Promise<readonly InstanceSummary[]> {
    this.#checkOpen();
    return [...this.#instances.values()]
      .filter(({ status }) => filter.status === undefined || filter.status === status)
      .filter(({ script }) => filter.script === undefined || filter.script === script)
      .sort(newestFirst)
      .slice(0, filter.limit ?? LIST_LIMIT)
      .map(({ id, script, requestId, codeHash, status, sequence, createdAt, updatedAt }) => {
        return { id, script, requestId, codeHash, status, sequence, createdAt, updatedAt };
      });
  }

  async recentlyEnded(withinMs: number, limit: number): Promise<readonly StoredInstance[]> {
    this.#checkOpen();
    const all = [...this.#instances.values()];
    const failed = all.filter(({ status }) => status === 'failed').sort(newestFirst);
    const ended = [...failed.slice(0, limit), ...all.filter(({ status }) => status === 'completed')].sort(
      (a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1),
    );
    const since = (ended[0]?.updatedAt ?? 0) - withinMs;
    return ended
      .filter(({ updatedAt }) => updatedAt >= since)
      .slice(0, limit)
      .map(copyOf);
  }

  async expireResults(before: number): Promise<number> {
    this.#checkOpen();
    const expired = [...this.#instances.values()].filter(
      ({ status, updatedAt, createdAt }) => status === 'completed' && Math.max(updatedAt, createdAt) < before,
    );
    for (const { id } of expired) this.#remove(id);
    return expired.length;
  }

  async saveCode(hash: string, bundle: Uint8Array): Promise<void> {
    this.#checkOpen();
    if (!this.#code.has(hash)) this.#code.set(hash, bundle.slice());
  }

  async loadCode(hash: string): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#code.get(hash)?.slice();
  }

  async usedCode(): Promise<readonly string[]> {
    this.#checkOpen();
    const used = this.#usedHashes();
    return [...this.#code.keys()].filter((hash) => used.has(hash)).sort();
  }

  async dropUnusedCode(keep: ReadonlySet<string>): Promise<readonly string[]> {
    this.#checkOpen();
    const used = this.#usedHashes();
    const dropped = [...this.#code.keys()].filter((hash) => !keep.has(hash) && !used.has(hash)).sort();
    for (const hash of dropped) this.#code.delete(hash);
    return dropped;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #usedHashes(): ReadonlySet<string> {
    const needed = [...this.#instances.values()].filter(({ status }) => status !== 'completed');
    return new Set(needed.map(({ codeHash }) => codeHash));
  }

  #put(
    write: CheckpointWrite | OutcomeWrite,
    status: InstanceStatus,
    snapshot: Uint8Array | undefined,
    outcome: Uint8Array | undefined,
  ): void {
    const { id, script, requestId, codeHash, sequence, createdAt, at } = write;
    this.#remove(id);
    this.#instances.set(id, {
      id,
      script,
      requestId,
      codeHash,
      status,
      sequence,
      createdAt,
      updatedAt: at,
      snapshot,
      outcome,
      damaged: undefined,
    });
    if (requestId === undefined) return;
    const key = requestKey(script, requestId);
    const ids = this.#requests.get(key);
    if (ids === undefined) this.#requests.set(key, new Set([id]));
    else ids.add(id);
  }

  #remove(id: string): boolean {
    const instance = this.#instances.get(id);
    if (instance === undefined) return false;
    this.#instances.delete(id);
    if (instance.requestId !== undefined) {
      const key = requestKey(instance.script, instance.requestId);
      const ids = this.#requests.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.#requests.delete(key);
    }
    return true;
  }

  #checkOpen(): void {
    if (this.#isClosed) {
      throw new StoreError(StoreErrorCode.closed, 'the store in memory is closed', {
        fix: 'Finish the work that uses the store before closing it.',
      });
    }
  }
}
