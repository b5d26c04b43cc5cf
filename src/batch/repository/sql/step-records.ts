/** Step executions and their partitions. Every write holds the execution, so that a run which is declared dead meanwhile writes nothing after that. */
import type { SqlDatabase } from '../../../database/sql-database.ts';
import { BatchError, BatchErrorCode } from '../../batch-error.ts';
import type { PartitionExecution, StepExecution, StepExecutionChange } from '../job-repository.ts';
import { holdOwned } from './execution-records.ts';
import { change, select } from './numbered-sql.ts';
import { PARTITION_COLUMNS, partitionOf, STEP_COLUMNS, stepOf, userDataBytes } from './repository-rows.ts';

export async function createStepExecution(
  database: SqlDatabase,
  fence: number,
  step: Omit<StepExecution, 'id'>,
): Promise<StepExecution> {
  return database.transaction(async (transaction) => {
    const { instanceId } = await holdOwned(transaction, step.jobExecutionId, fence);
    const [row] = await select(
      transaction,
      `INSERT INTO waymark_job_step (execution_id, instance_id, step_name, batch_status, exit_status, start_time, end_time, user_data, metrics,
        exception, guarantee) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${STEP_COLUMNS}`,
      step.jobExecutionId,
      instanceId,
      step.stepName,
      step.batchStatus,
      step.exitStatus,
      step.startTime,
      step.endTime,
      userDataBytes(step.persistentUserData),
      JSON.stringify(step.metrics),
      step.exception === undefined ? null : JSON.stringify(step.exception),
      step.guarantee,
    );
    return stepOf(row!);
  });
}

export async function changeStepExecution(
  database: SqlDatabase,
  id: number,
  fence: number,
  given: StepExecutionChange,
): Promise<void> {
  const columns: [string, unknown][] = [
    ['batch_status', given.batchStatus],
    ['exit_status', given.exitStatus],
    ['start_time', given.startTime],
    ['end_time', given.endTime],
    [
      'user_data',
      given.persistentUserData === undefined ? undefined : userDataBytes(given.persistentUserData),
    ],
    ['metrics', given.metrics && JSON.stringify(given.metrics)],
    ['exception', given.exception && JSON.stringify(given.exception)],
    ['guarantee', given.guarantee],
  ];
  const set = columns.filter(([, value]) => value !== undefined);
  await database.transaction(async (transaction) => {
    const [step] = await select<{ execution_id: number }>(
      transaction,
      'SELECT execution_id FROM waymark_job_step WHERE id = ?',
      id,
    );
    if (step === undefined) throw noSuchStep(id);
    await holdOwned(transaction, step.execution_id, fence);
    if (set.length === 0) return;
    await change(
      transaction,
      `UPDATE waymark_job_step SET ${set.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
      ...set.map(([, value]) => value),
      id,
    );
  });
}

export async function stepExecutions(database: SqlDatabase, executionId: number): Promise<StepExecution[]> {
  const rows = await select(
    database,
    `SELECT ${STEP_COLUMNS} FROM waymark_job_step WHERE execution_id = ? ORDER BY id`,
    executionId,
  );
  return rows.map(stepOf);
}

export async function stepExecutionsOfInstance(
  database: SqlDatabase,
  instanceId: number,
  stepName: string | undefined,
): Promise<StepExecution[]> {
  const rows =
    stepName === undefined
      ? await select(
          database,
          `SELECT ${STEP_COLUMNS} FROM waymark_job_step WHERE instance_id = ? ORDER BY id DESC`,
          instanceId,
        )
      : await select(
          database,
          `SELECT ${STEP_COLUMNS} FROM waymark_job_step WHERE instance_id = ? AND step_name = ? ORDER BY id DESC`,
          instanceId,
          stepName,
        );
  return rows.map(stepOf);
}

/** All in one transaction. @param partitions Of one step. */
export async function savePartitions(
  database: SqlDatabase,
  fence: number,
  partitions: readonly PartitionExecution[],
): Promise<void> {
  const [first] = partitions;
  if (first === undefined) return;
  await database.transaction(async (transaction) => {
    const [step] = await select<{ execution_id: number }>(
      transaction,
      'SELECT execution_id FROM waymark_job_step WHERE id = ?',
      first.stepExecutionId,
    );
    if (step === undefined) throw noSuchStep(first.stepExecutionId);
    await holdOwned(transaction, step.execution_id, fence);
    const overwritten = ['batch_status', 'exit_status', 'user_data', 'metrics', 'properties'];
    const conflict = transaction.dialect.onConflict(['step_id', 'part'], overwritten);
    for (const partition of partitions)
      await change(
        transaction,
        `INSERT INTO waymark_job_partition (${PARTITION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ${conflict}`,
        partition.stepExecutionId,
        partition.index,
        partition.batchStatus,
        partition.exitStatus,
        userDataBytes(partition.persistentUserData),
        JSON.stringify(partition.metrics),
        JSON.stringify(partition.properties),
      );
  });
}

export async function partitions(database: SqlDatabase, stepId: number): Promise<PartitionExecution[]> {
  const rows = await select(
    database,
    `SELECT ${PARTITION_COLUMNS} FROM waymark_job_partition WHERE step_id = ? ORDER BY part`,
    stepId,
  );
  return rows.map(partitionOf);
}

function noSuchStep(id: number): BatchError {
  return new BatchError(BatchErrorCode.repository, `There is no step execution ${id}`, {
    fix: 'This is a defect of Waymark or of the program that embeds it; the repository is as before.',
  });
}
