/** Rows of the repository's tables as records, and back. */
import type { SqlRow } from '../../../database/sql-database.ts';
import type {
  BatchStatus,
  FailureRecord,
  JobExecution,
  JobInstance,
  Metrics,
  PartitionExecution,
  StepExecution,
} from '../job-repository.ts';
import { decodePlain, encodePlain } from '../plain-data.ts';
import { RUNNING } from '../restart-rule.ts';

export const INSTANCE_COLUMNS = 'id, job_name, identity, created_at, fence';
export const EXECUTION_COLUMNS =
  'id, instance_id, job_name, batch_status, exit_status, create_time, start_time, end_time, updated_time, parameters, restart_at, stop_requested, owner, lease_until, fence, exception';
export const STEP_COLUMNS =
  'id, execution_id, step_name, batch_status, exit_status, start_time, end_time, user_data, metrics, exception, guarantee';
export const PARTITION_COLUMNS = 'step_id, part, batch_status, exit_status, user_data, metrics, properties';

/** The statuses of what runs, as they can stand in `IN (...)`. */
export const RUNNING_LIST = RUNNING.map((status) => `'${status}'`).join(', ');

const optional = <Value>(value: unknown): Value | undefined =>
  value === null || value === undefined ? undefined : (value as Value);

export function instanceOf(row: SqlRow): JobInstance {
  return {
    id: row['id'] as number,
    jobName: row['job_name'] as string,
    identity: optional<string>(row['identity']),
    createdAt: row['created_at'] as number,
  };
}

export function executionOf(row: SqlRow): JobExecution {
  const fence = optional<number>(row['fence']);
  return {
    id: row['id'] as number,
    instanceId: row['instance_id'] as number,
    jobName: row['job_name'] as string,
    batchStatus: row['batch_status'] as BatchStatus,
    exitStatus: row['exit_status'] as string | null,
    createTime: row['create_time'] as number,
    startTime: optional<number>(row['start_time']),
    endTime: optional<number>(row['end_time']),
    lastUpdatedTime: row['updated_time'] as number,
    parameters: JSON.parse(row['parameters'] as string) as Record<string, string>,
    restartAt: optional<string>(row['restart_at']),
    stopRequested: row['stop_requested'] === 1,
    lease:
      fence === undefined
        ? undefined
        : { owner: row['owner'] as string, until: row['lease_until'] as number, fence },
    exception: failureOf(row),
  };
}

function failureOf(row: SqlRow): FailureRecord | undefined {
  const exception = optional<string>(row['exception']);
  return exception === undefined ? undefined : (JSON.parse(exception) as FailureRecord);
}

export function stepOf(row: SqlRow): StepExecution {
  return {
    id: row['id'] as number,
    jobExecutionId: row['execution_id'] as number,
    stepName: row['step_name'] as string,
    batchStatus: row['batch_status'] as BatchStatus,
    exitStatus: row['exit_status'] as string | null,
    startTime: row['start_time'] as number,
    endTime: optional<number>(row['end_time']),
    persistentUserData: userDataOf(row),
    metrics: JSON.parse(row['metrics'] as string) as Metrics,
    exception: failureOf(row),
    guarantee: optional<string>(row['guarantee']),
  };
}

export function partitionOf(row: SqlRow): PartitionExecution {
  return {
    stepExecutionId: row['step_id'] as number,
    index: row['part'] as number,
    batchStatus: row['batch_status'] as BatchStatus,
    exitStatus: row['exit_status'] as string | null,
    persistentUserData: userDataOf(row),
    metrics: JSON.parse(row['metrics'] as string) as Metrics,
    properties: JSON.parse(row['properties'] as string) as Record<string, string>,
  };
}

const USER_DATA = 'The persistent user data';

export const userDataBytes = (data: unknown): Uint8Array | null =>
  data === undefined ? null : encodePlain(data, USER_DATA);

function userDataOf(row: SqlRow): unknown {
  const bytes = row['user_data'] as Uint8Array | null;
  return bytes === null ? undefined : decodePlain(new Uint8Array(bytes), USER_DATA);
}
