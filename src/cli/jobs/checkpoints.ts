/** The last checkpoints of an instance's steps, decoded: of the job repository, and of the databases of transactional writers. */
import { type ChunkRecord, readRecord } from '../../batch/engine/chunk/chunk-record.ts';
import type { JobRepository } from '../../batch/repository/job-repository.ts';
import { SqlTransactionResource } from '../../batch/transaction/sql-transaction-resource.ts';
import { openDatabase } from '../../database/open-database.ts';

export interface ShownCheckpoint {
  readonly stepName: string;
  /** -1: the step itself. */
  readonly partition: number;
  readonly bytes: number;
  /** Or why it cannot be read. */
  readonly record: ChunkRecord | Error;
}

/** Databases of transactional writers, which keep the checkpoints of their steps themselves. */
export type WriterDatabases = readonly SqlTransactionResource[];

/** @throws DatabaseError */
export async function withWriterDatabases<Result>(
  addresses: readonly string[],
  use: (databases: WriterDatabases) => Promise<Result>,
): Promise<Result> {
  const resources: SqlTransactionResource[] = [];
  try {
    for (const address of addresses) resources.push(new SqlTransactionResource(await openDatabase(address)));
    return await use(resources);
  } finally {
    for (const { database } of resources) await database.close();
  }
}

/** @throws DatabaseError, also if a database has no checkpoints at all */
export async function checkpointsOf(
  repository: JobRepository,
  databases: WriterDatabases,
  instanceId: number,
  stepName: string,
  partitions: number,
): Promise<readonly ShownCheckpoint[]> {
  const parts = partitions === 0 ? [-1] : Array.from({ length: partitions }, (_, index) => index);
  const found: ShownCheckpoint[] = [];
  for (const partition of parts) {
    const key = { instanceId, stepName, partition };
    const records = [await repository.loadChunk(key)];
    for (const database of databases)
      records.push(await database.readRecord({ ...key, repositoryId: repository.id }));
    for (const bytes of records)
      if (bytes !== undefined)
        found.push({ stepName, partition, bytes: bytes.length, record: decoded(bytes, stepName) });
  }
  return found;
}

/** Removes the checkpoints of instances that the repository does not have any more. @returns of how many */
export async function dropOrphanedCheckpoints(
  repository: JobRepository,
  databases: WriterDatabases,
): Promise<number> {
  const dropped = new Set<number>();
  for (const database of databases)
    for (const instanceId of await database.instances(repository.id)) {
      if ((await repository.instance(instanceId)) !== undefined) continue;
      await database.dropRecords({
        repositoryId: repository.id,
        instanceId,
        fence: Number.MAX_SAFE_INTEGER,
      });
      dropped.add(instanceId);
    }
  return dropped.size;
}

function decoded(bytes: Uint8Array, stepName: string): ChunkRecord | Error {
  try {
    return readRecord(bytes, `step ${JSON.stringify(stepName)}`);
  } catch (error) {
    return error as Error;
  }
}
