/** A database in memory: rows and records become visible together, at a commit. Its commits can fail in both ways. */
import { LostLeaseError } from '../../src/batch/batch-error.ts';
import type {
  ChunkRecordKey,
  ChunkTransaction,
  TransactionResource,
} from '../../src/batch/transaction/transaction-resource.ts';

interface Rows {
  insert(row: number): void;
}

/** `lost`: the commit did not happen; `unheard`: it did, but its answer was lost. */
export type CommitFailure = 'lost' | 'unheard';

interface KeptRecord {
  readonly key: Omit<ChunkRecordKey, 'partition'> & { readonly partition: number };
  readonly fence: number;
  readonly record: Uint8Array | undefined;
}

const textOf = (key: ChunkRecordKey): string =>
  [key.repositoryId, key.instanceId, key.stepName, key.partition].join(' ');

export class MemoryTransactions implements TransactionResource<Rows> {
  readonly name = 'memory';
  readonly rows: number[] = [];
  readonly timeouts: number[] = [];
  /** Asked at each commit. */
  failCommit: () => CommitFailure | undefined = () => undefined;
  error: new (message: string) => Error = Error;
  open = 0;
  readonly #records = new Map<string, KeptRecord>();

  begin(timeoutMs: number): ChunkTransaction<Rows> {
    this.timeouts.push(timeoutMs);
    this.open++;
    const rows: number[] = [];
    let record: KeptRecord | undefined;
    let ended = false;
    const end = (): void => {
      if (ended) throw new Error('the transaction has ended');
      ended = true;
      this.open--;
    };
    return {
      resource: this,
      client: { insert: (row) => void rows.push(row) },
      saveRecord: (key, fence, bytes) => {
        if (fence < (this.#records.get(textOf(key))?.fence ?? 0)) throw new LostLeaseError(key.stepName);
        record = { key, fence, record: Uint8Array.from(bytes) };
      },
      commit: () => {
        const failure = this.failCommit();
        end();
        if (failure !== 'lost') {
          this.rows.push(...rows);
          if (record !== undefined) this.#records.set(textOf(record.key), record);
        }
        if (failure !== undefined) throw new this.error(`commit ${failure}`);
      },
      rollback: () => {
        if (!ended) end();
      },
    };
  }

  takeRecord(key: ChunkRecordKey, fence: number): Uint8Array | undefined {
    const kept = this.#records.get(textOf(key));
    if (kept !== undefined && fence < kept.fence) throw new LostLeaseError(key.stepName);
    this.#records.set(textOf(key), { key, fence, record: kept?.record });
    return kept?.record;
  }

  dropRecords({
    repositoryId,
    instanceId,
    stepName,
    fence,
  }: Parameters<TransactionResource['dropRecords']>[0]): void {
    for (const [text, kept] of this.#records) {
      const { key } = kept;
      const same = key.repositoryId === repositoryId && key.instanceId === instanceId;
      if (same && (stepName === undefined || key.stepName === stepName) && kept.fence <= fence)
        this.#records.delete(text);
    }
  }

  get recordCount(): number {
    return this.#records.size;
  }
}
