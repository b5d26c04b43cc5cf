/** Job instances and executions: who may start one, and who owns it. */
import type { SqlDatabase, SqlSession, SqlTransaction } from '../../../database/sql-database.ts';
import {
  JobExecutionIsRunningError,
  LostLeaseError,
  NoSuchJobExecutionError,
  NoSuchJobInstanceError,
} from '../../batch-error.ts';
import type { ExecutionStart, JobExecution, JobExecutionChange, JobInstance } from '../job-repository.ts';
import { refuseUnlessEnded, RUNNING } from '../restart-rule.ts';
import { change, holdingRows, select } from './numbered-sql.ts';
import {
  EXECUTION_COLUMNS,
  executionOf,
  INSTANCE_COLUMNS,
  instanceOf,
  RUNNING_LIST,
} from './repository-rows.ts';

const EXECUTIONS = `SELECT ${EXECUTION_COLUMNS} FROM waymark_job_execution`;

/** In one transaction that holds the instance: of two that start it the second sees what the first has done. */
export async function startExecution(
  database: SqlDatabase,
  start: ExecutionStart,
): Promise<{ instance: JobInstance; execution: JobExecution }> {
  return database.transaction(async (transaction) => {
    const instance = await instanceToRun(transaction, start);
    const [raised] = await select<{ fence: number }>(
      transaction,
      'UPDATE waymark_job_instance SET fence = fence + 1 WHERE id = ? RETURNING fence',
      instance.id,
    );
    const [row] = await select(
      transaction,
      `INSERT INTO waymark_job_execution (instance_id, job_name, batch_status, create_time, updated_time, parameters, stop_requested, owner,
        lease_until, fence) VALUES (?, ?, 'STARTING', ?, ?, ?, 0, ?, ?, ?) RETURNING ${EXECUTION_COLUMNS}`,
      instance.id,
      instance.jobName,
      start.at,
      start.at,
      JSON.stringify(start.parameters),
      start.owner,
      start.leaseUntil,
      raised!.fence,
    );
    return { instance, execution: executionOf(row!) };
  });
}

async function instanceToRun(transaction: SqlTransaction, start: ExecutionStart): Promise<JobInstance> {
  const { jobName, identity, at } = start;
  if (start.instanceId === undefined) {
    const [made] = await select(
      transaction,
      `INSERT INTO waymark_job_instance (job_name, identity, created_at, fence) VALUES (?, ?, ?, 0)
        ON CONFLICT (job_name, identity) DO NOTHING RETURNING ${INSTANCE_COLUMNS}`,
      jobName,
      identity ?? null,
      at,
    );
    if (made !== undefined) return instanceOf(made);
  }
  const hold = holdingRows(transaction, 'FOR UPDATE');
  const [row] =
    start.instanceId === undefined
      ? await select(
          transaction,
          `SELECT ${INSTANCE_COLUMNS} FROM waymark_job_instance WHERE job_name = ? AND identity = ?${hold}`,
          jobName,
          identity,
        )
      : await select(
          transaction,
          `SELECT ${INSTANCE_COLUMNS} FROM waymark_job_instance WHERE id = ?${hold}`,
          start.instanceId,
        );
  if (row === undefined) throw new NoSuchJobInstanceError(start.instanceId ?? 0);
  const instance = instanceOf(row);
  await endedBefore(transaction, instance.id, at);
  return instance;
}

async function endedBefore(transaction: SqlTransaction, instanceId: number, at: number): Promise<void> {
  const [row] = await select(
    transaction,
    `${EXECUTIONS} WHERE instance_id = ? ORDER BY id DESC LIMIT 1`,
    instanceId,
  );
  if (row === undefined) return;
  const last = executionOf(row);
  if (refuseUnlessEnded(last, at)) await declareDead(transaction, last, at);
}

/** The instance is held already, so that its owner cannot renew or write meanwhile. */
async function declareDead(
  transaction: SqlTransaction,
  { id, instanceId }: JobExecution,
  at: number,
): Promise<void> {
  await change(transaction, 'UPDATE waymark_job_instance SET fence = fence + 1 WHERE id = ?', instanceId);
  await change(
    transaction,
    `UPDATE waymark_job_execution SET batch_status = 'FAILED', exit_status = 'FAILED', end_time = ?, updated_time = ?, owner = NULL,
      lease_until = NULL, fence = NULL WHERE id = ?`,
    at,
    at,
    id,
  );
  await change(
    transaction,
    `UPDATE waymark_job_step SET batch_status = 'FAILED', exit_status = 'FAILED', end_time = ?
      WHERE execution_id = ? AND batch_status IN (${RUNNING_LIST})`,
    at,
    id,
  );
}

export async function failAbandonedRuns(database: SqlDatabase, at: number): Promise<readonly number[]> {
  const candidates = await select<{ id: number; instance_id: number }>(
    database,
    `SELECT id, instance_id FROM waymark_job_execution
      WHERE batch_status IN (${RUNNING_LIST}) AND lease_until < ? ORDER BY id`,
    at,
  );
  const dead: number[] = [];
  for (const { id, instance_id: instanceId } of candidates)
    await database.transaction(async (transaction) => {
      const hold = holdingRows(transaction, 'FOR UPDATE');
      await select(transaction, `SELECT id FROM waymark_job_instance WHERE id = ?${hold}`, instanceId);
      // Its owner may have renewed it, or somebody else may have found it dead.
      const [row] = await select(
        transaction,
        `${EXECUTIONS} WHERE id = ? AND batch_status IN (${RUNNING_LIST}) AND lease_until < ?${hold}`,
        id,
        at,
      );
      if (row === undefined) return;
      await declareDead(transaction, executionOf(row), at);
      dead.push(id);
    });
  return dead;
}

/** @returns the execution's id and instance, held against being declared dead. @throws LostLeaseError, NoSuchJobExecutionError */
export async function holdOwned(
  transaction: SqlTransaction,
  executionId: number,
  fence: number,
): Promise<{ readonly instanceId: number }> {
  const hold = holdingRows(transaction, 'FOR SHARE');
  const [row] = await select<{ instance_id: number; fence: number | null }>(
    transaction,
    `SELECT instance_id, fence FROM waymark_job_execution WHERE id = ?${hold}`,
    executionId,
  );
  if (row === undefined) throw new NoSuchJobExecutionError(executionId);
  if (row.fence !== fence) throw new LostLeaseError(`Job execution ${executionId}`);
  return { instanceId: row.instance_id };
}

export async function renewLease(
  database: SqlDatabase,
  executionId: number,
  fence: number,
  until: number,
): Promise<{ stopRequested: boolean }> {
  const [row] = await select<{ stop_requested: number }>(
    database,
    'UPDATE waymark_job_execution SET lease_until = ? WHERE id = ? AND fence = ? RETURNING stop_requested',
    until,
    executionId,
    fence,
  );
  if (row === undefined) throw await notOwned(database, executionId);
  return { stopRequested: row.stop_requested === 1 };
}

export async function changeExecution(
  database: SqlDatabase,
  executionId: number,
  fence: number,
  given: JobExecutionChange,
): Promise<void> {
  const columns: [string, unknown][] = [
    ['batch_status', given.batchStatus],
    ['exit_status', given.exitStatus],
    ['start_time', given.startTime],
    ['end_time', given.endTime],
    ['restart_at', given.restartAt],
    ['exception', given.exception && JSON.stringify(given.exception)],
  ];
  const set = columns.filter(([, value]) => value !== undefined);
  set.push(['updated_time', given.at]);
  if (given.batchStatus !== undefined && !RUNNING.includes(given.batchStatus))
    set.push(['owner', null], ['lease_until', null], ['fence', null]);
  const matched = await change(
    database,
    `UPDATE waymark_job_execution SET ${set.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ? AND fence = ?`,
    ...set.map(([, value]) => value),
    executionId,
    fence,
  );
  if (matched === 0) throw await notOwned(database, executionId);
}

async function notOwned(session: SqlSession, executionId: number): Promise<Error> {
  const [row] = await select(session, 'SELECT id FROM waymark_job_execution WHERE id = ?', executionId);
  return row === undefined
    ? new NoSuchJobExecutionError(executionId)
    : new LostLeaseError(`Job execution ${executionId}`);
}

export async function requestStop(database: SqlDatabase, executionId: number, at: number): Promise<void> {
  const matched = await change(
    database,
    'UPDATE waymark_job_execution SET stop_requested = 1, updated_time = ? WHERE id = ?',
    at,
    executionId,
  );
  if (matched === 0) throw new NoSuchJobExecutionError(executionId);
}

export async function abandon(database: SqlDatabase, executionId: number, at: number): Promise<void> {
  const matched = await change(
    database,
    `UPDATE waymark_job_execution SET batch_status = 'ABANDONED', updated_time = ?
      WHERE id = ? AND batch_status NOT IN (${RUNNING_LIST})`,
    at,
    executionId,
  );
  if (matched > 0) return;
  const [row] = await select(database, `${EXECUTIONS} WHERE id = ?`, executionId);
  if (row === undefined) throw new NoSuchJobExecutionError(executionId);
  throw new JobExecutionIsRunningError(executionId, executionOf(row).lease?.owner);
}
