/** Where the record of each chunk is saved: in the transaction of its items, or in the job repository. */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import type { WriteGuarantee } from '../../artifacts/chunk-artifacts.ts';
import { TransactionTimeoutError } from '../../batch-error.ts';
import type { TransactionResource } from '../../transaction/transaction-resource.ts';
import type { BatchEnvironment } from '../batch-environment.ts';
import type { ArtifactFactory } from '../contexts.ts';
import type { PartitionRepository } from '../run-context.ts';
import { type ChunkRecord, readRecord, recordBytes, recordSource } from './chunk-record.ts';

export interface ChunkKey {
  readonly instanceId: number;
  readonly stepName: string;
  /** -1: the step itself. */
  readonly partition: number;
}

/** What answers at once is not awaited: with the repository in memory, no chunk waits. */
export interface ChunkStorage {
  /** In words, for people. */
  readonly guarantee: string;
  /** @param timeoutMs 0: none */
  begin(timeoutMs: number): MaybePromise<void>;
  /** @param record Undefined: there is nothing to save besides the items. */
  commit(record: ChunkRecord | undefined): MaybePromise<void>;
  rollback(): MaybePromise<void>;
  /** The last record; from then on no earlier run can write one. Outside of transactions. */
  take(): Promise<ChunkRecord | undefined>;
}

/** At least once: what was written before a crash, after the last record, is written again. */
export class RepositoryStorage implements ChunkStorage {
  readonly guarantee: string;
  readonly #repository: PartitionRepository;
  readonly #key: ChunkKey;
  readonly #fence: number;
  readonly #what: string;

  constructor(
    repository: PartitionRepository,
    key: ChunkKey,
    fence: number,
    guarantee: WriteGuarantee | undefined,
  ) {
    this.#repository = repository;
    this.#key = key;
    this.#fence = fence;
    this.#what = describeKey(key);
    this.guarantee =
      guarantee === 'idempotent'
        ? 'idempotent: after a crash the items since the last checkpoint are written again, to the same effect'
        : 'at least once: after a crash the items since the last checkpoint are written again';
  }

  begin(): void {}

  commit(record: ChunkRecord | undefined): MaybePromise<void> {
    if (record === undefined) return;
    return this.#repository.saveChunk(this.#key, this.#fence, recordSource(record, this.#what));
  }

  rollback(): void {}

  async take(): Promise<ChunkRecord | undefined> {
    const bytes = await this.#repository.loadChunk(this.#key);
    return bytes === undefined ? undefined : readRecord(bytes, this.#what);
  }
}

/** Exactly once: items and record are there together, or neither is. */
export class TransactionStorage implements ChunkStorage {
  readonly guarantee: string;
  readonly #resource: TransactionResource;
  readonly #key: ChunkKey & { readonly repositoryId: string };
  readonly #fence: number;
  readonly #factory: ArtifactFactory;
  readonly #environment: BatchEnvironment;
  readonly #what: string;
  #deadline = Infinity;
  #timeoutMs = 0;

  constructor(
    resource: TransactionResource,
    repositoryId: string,
    key: ChunkKey,
    fence: number,
    factory: ArtifactFactory,
    environment: BatchEnvironment,
  ) {
    this.#resource = resource;
    this.#key = { repositoryId, ...key };
    this.#fence = fence;
    this.#factory = factory;
    this.#environment = environment;
    this.#what = describeKey(key);
    this.guarantee = `exactly once: each checkpoint is in the transaction of its items, in ${resource.name}`;
  }

  async begin(timeoutMs: number): Promise<void> {
    this.#timeoutMs = timeoutMs;
    this.#deadline = timeoutMs === 0 ? Infinity : this.#environment.monotonic() + timeoutMs;
    this.#factory.transaction = await this.#resource.begin(timeoutMs);
  }

  async commit(record: ChunkRecord | undefined): Promise<void> {
    const transaction = this.#factory.transaction!;
    if (record !== undefined)
      await transaction.saveRecord(this.#key, this.#fence, recordBytes(record, this.#what));
    if (this.#environment.monotonic() > this.#deadline)
      throw new TransactionTimeoutError(this.#what, this.#timeoutMs, false);
    await transaction.commit();
    this.#factory.transaction = undefined;
  }

  async rollback(): Promise<void> {
    const { transaction } = this.#factory;
    this.#factory.transaction = undefined;
    await transaction?.rollback();
  }

  async take(): Promise<ChunkRecord | undefined> {
    const bytes = await this.#resource.takeRecord(this.#key, this.#fence);
    return bytes === undefined ? undefined : readRecord(bytes, this.#what);
  }
}

export function describeKey({ stepName, partition }: Pick<ChunkKey, 'stepName' | 'partition'>): string {
  const step = `step ${JSON.stringify(stepName)}`;
  return partition < 0 ? step : `${step}, partition ${partition}`;
}
