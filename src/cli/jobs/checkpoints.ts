/** The last checkpoints of an instance's steps, decoded. */
import { type ChunkRecord, readRecord } from '../../batch/engine/chunk/chunk-record.ts';
import type { JobRepository } from '../../batch/repository/job-repository.ts';

export interface ShownCheckpoint {
  readonly stepName: string;
  /** -1: the step itself. */
  readonly partition: number;
  readonly bytes: number;
  /** Or why it cannot be read. */
  readonly record: ChunkRecord | Error;
}

/** Those that are in the job repository; a transactional writer keeps its own in its database. */
export async function checkpointsOf(
  repository: JobRepository,
  instanceId: number,
  stepName: string,
  partitions: number,
): Promise<readonly ShownCheckpoint[]> {
  const parts = partitions === 0 ? [-1] : Array.from({ length: partitions }, (_, index) => index);
  const found: ShownCheckpoint[] = [];
  for (const partition of parts) {
    const bytes = await repository.loadChunk({ instanceId, stepName, partition });
    if (bytes !== undefined)
      found.push({ stepName, partition, bytes: bytes.length, record: decoded(bytes, stepName) });
  }
  return found;
}

function decoded(bytes: Uint8Array, stepName: string): ChunkRecord | Error {
  try {
    return readRecord(bytes, `step ${JSON.stringify(stepName)}`);
  } catch (error) {
    return error as Error;
  }
}
