/**
 * Owns the chunk records that wait to be written. Partitions that save at the same time share one transaction, hence one fsync.
 *
 * 1. One group is being written at a time; who comes meanwhile is in the next one.
 * 2. A record of a run that has lost its lease is refused alone; the others of its group are written.
 * 3. Who waits is answered after the commit of its group.
 */
import type { SqlDatabase, SqlTransaction } from '../../../database/sql-database.ts';
import { LostLeaseError, NoSuchJobInstanceError } from '../../batch-error.ts';
import type { ChunkRecordSource } from '../job-repository.ts';
import { change, holdingRows, select } from './numbered-sql.ts';

export interface ChunkKey {
  readonly instanceId: number;
  readonly stepName: string;
  readonly partition: number;
}

interface Waiting {
  readonly key: ChunkKey;
  readonly fence: number;
  readonly record: ChunkRecordSource;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST_IN_A_GROUP = 1000;

export class ChunkGroup {
  readonly #database: SqlDatabase;
  #waiting: Waiting[] = [];
  #writing = false;
  #groups = 0;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  /** Transactions so far. */
  get groups(): number {
    return this.#groups;
  }

  save(key: ChunkKey, fence: number, record: ChunkRecordSource): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, fence, record, resolve, reject });
      if (this.#writing) return;
      this.#writing = true;
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Partitions that are about to save come along: those that the group before has let go on, too.
      await new Promise((resolve) => setImmediate(resolve));
      const group = this.#waiting.splice(0, MOST_IN_A_GROUP);
      this.#groups++;
      try {
        const refused = await this.#database.transaction((transaction) => writeGroup(transaction, group));
        for (const waiting of group) {
          const error = refused.get(waiting);
          if (error === undefined) waiting.resolve();
          else waiting.reject(error);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = false;
  }
}

/** @returns who was refused, and why */
async function writeGroup(
  transaction: SqlTransaction,
  group: readonly Waiting[],
): Promise<ReadonlyMap<Waiting, Error>> {
  const refused = new Map<Waiting, Error>();
  const fences = await fencesOf(transaction, [...new Set(group.map(({ key }) => key.instanceId))]);
  const conflict = transaction.dialect.onConflict(['instance_id', 'step_name', 'part'], ['record']);
  for (const waiting of group) {
    const { key, fence, record } = waiting;
    const current = fences.get(key.instanceId);
    if (current === undefined) refused.set(waiting, new NoSuchJobInstanceError(key.instanceId));
    else if (fence < current)
      refused.set(waiting, new LostLeaseError(`Step ${JSON.stringify(key.stepName)}`));
    else
      await change(
        transaction,
        `INSERT INTO waymark_job_chunk (instance_id, step_name, part, record) VALUES (?, ?, ?, ?) ${conflict}`,
        key.instanceId,
        key.stepName,
        key.partition,
        record.bytes(),
      );
  }
  return refused;
}

/** Held until the group is committed: nobody becomes the next owner in between. */
async function fencesOf(
  transaction: SqlTransaction,
  instanceIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const fences = new Map<number, number>();
  const hold = holdingRows(transaction, 'FOR SHARE');
  for (const instanceId of instanceIds.toSorted((a, b) => a - b)) {
    const [row] = await select<{ fence: number }>(
      transaction,
      `SELECT fence FROM waymark_job_instance WHERE id = ?${hold}`,
      instanceId,
    );
    if (row !== undefined) fences.set(instanceId, row.fence);
  }
  return fences;
}
