/**
 * A job repository in an SQL database: a file of SQLite, which several processes may have open, or PostgreSQL.
 *
 * 1. A write is durable when its promise resolves: as durable as the database's commits are.
 * 2. Fencing tokens are checked in the transaction that writes, with the row that holds them locked.
 * 3. Ids grow and are never used again.
 */
import type { SqlDatabase } from '../../../database/sql-database.ts';
import type {
  ChunkRecordSource,
  ExecutionStart,
  JobExecution,
  JobExecutionChange,
  JobInstance,
  JobRepository,
  PartitionExecution,
  StepExecution,
  StepExecutionChange,
} from '../job-repository.ts';
import { ChunkGroup, type ChunkKey } from './chunk-group.ts';
import * as executionRecords from './execution-records.ts';
import { change, select } from './numbered-sql.ts';
import { purgeInstances } from './purge.ts';
import { prepareRepository } from './repository-schema.ts';
import {
  EXECUTION_COLUMNS,
  executionOf,
  INSTANCE_COLUMNS,
  instanceOf,
  RUNNING_LIST,
} from './repository-rows.ts';
import * as stepRecords from './step-records.ts';

const INSTANCES = `SELECT ${INSTANCE_COLUMNS} FROM waymark_job_instance`;
const EXECUTIONS = `SELECT ${EXECUTION_COLUMNS} FROM waymark_job_execution`;
/** More than anybody can list. */
const EVERYTHING = 2 ** 40;

export class SqlJobRepository implements JobRepository {
  readonly id: string;
  readonly name: string;
  readonly #database: SqlDatabase;
  readonly #chunks: ChunkGroup;

  private constructor(id: string, database: SqlDatabase) {
    this.id = id;
    this.name = database.name;
    this.#database = database;
    this.#chunks = new ChunkGroup(database);
  }

  /**
   * @param database Belongs to the repository from here on: `close` closes it.
   * @throws DatabaseError, and BatchError WM9069 if the tables are of a newer version
   */
  static async open(database: SqlDatabase): Promise<SqlJobRepository> {
    return new SqlJobRepository(await prepareRepository(database), database);
  }

  /** Transactions in which chunk records were written so far: with many partitions fewer than records. */
  get chunkGroups(): number {
    return this.#chunks.groups;
  }

  startExecution(start: ExecutionStart): Promise<{ instance: JobInstance; execution: JobExecution }> {
    return executionRecords.startExecution(this.#database, start);
  }

  renewLease(executionId: number, fence: number, until: number): Promise<{ stopRequested: boolean }> {
    return executionRecords.renewLease(this.#database, executionId, fence, until);
  }

  changeExecution(executionId: number, fence: number, given: JobExecutionChange): Promise<void> {
    return executionRecords.changeExecution(this.#database, executionId, fence, given);
  }

  requestStop(executionId: number, at: number): Promise<void> {
    return executionRecords.requestStop(this.#database, executionId, at);
  }

  abandon(executionId: number, at: number): Promise<void> {
    return executionRecords.abandon(this.#database, executionId, at);
  }

  failAbandonedRuns(at: number): Promise<readonly number[]> {
    return executionRecords.failAbandonedRuns(this.#database, at);
  }

  createStepExecution(fence: number, step: Omit<StepExecution, 'id'>): Promise<StepExecution> {
    return stepRecords.createStepExecution(this.#database, fence, step);
  }

  changeStepExecution(id: number, fence: number, given: StepExecutionChange): Promise<void> {
    return stepRecords.changeStepExecution(this.#database, id, fence, given);
  }

  stepExecutionsOfInstance(instanceId: number, stepName?: string): Promise<readonly StepExecution[]> {
    return stepRecords.stepExecutionsOfInstance(this.#database, instanceId, stepName);
  }

  stepExecutions(executionId: number): Promise<readonly StepExecution[]> {
    return stepRecords.stepExecutions(this.#database, executionId);
  }

  createPartitions(fence: number, partitions: readonly PartitionExecution[]): Promise<void> {
    return stepRecords.savePartitions(this.#database, fence, partitions);
  }

  savePartition(fence: number, partition: PartitionExecution): Promise<void> {
    return stepRecords.savePartitions(this.#database, fence, [partition]);
  }

  partitions(stepExecutionId: number): Promise<readonly PartitionExecution[]> {
    return stepRecords.partitions(this.#database, stepExecutionId);
  }

  saveChunk(key: ChunkKey, fence: number, record: ChunkRecordSource): Promise<void> {
    return this.#chunks.save(key, fence, record);
  }

  async loadChunk({ instanceId, stepName, partition }: ChunkKey): Promise<Uint8Array | undefined> {
    const [row] = await select<{ record: Uint8Array }>(
      this.#database,
      'SELECT record FROM waymark_job_chunk WHERE instance_id = ? AND step_name = ? AND part = ?',
      instanceId,
      stepName,
      partition,
    );
    return row === undefined ? undefined : new Uint8Array(row.record);
  }

  async dropChunks(instanceId: number, stepName: string): Promise<void> {
    const sql = 'DELETE FROM waymark_job_chunk WHERE instance_id = ? AND step_name = ?';
    await change(this.#database, sql, instanceId, stepName);
  }

  async jobNames(): Promise<readonly string[]> {
    const sql = 'SELECT DISTINCT job_name FROM waymark_job_instance ORDER BY job_name';
    return (await select<{ job_name: string }>(this.#database, sql)).map((row) => row.job_name);
  }

  async instanceCount(jobName: string): Promise<number> {
    const sql = 'SELECT count(*) AS n FROM waymark_job_instance WHERE job_name = ?';
    return (await select<{ n: number }>(this.#database, sql, jobName))[0]!.n;
  }

  async instances(
    jobName: string | undefined,
    start: number,
    count: number,
  ): Promise<readonly JobInstance[]> {
    const page = [Math.min(count, EVERYTHING), start];
    const rows =
      jobName === undefined
        ? await select(this.#database, `${INSTANCES} ORDER BY id DESC LIMIT ? OFFSET ?`, ...page)
        : await select(
            this.#database,
            `${INSTANCES} WHERE job_name = ? ORDER BY id DESC LIMIT ? OFFSET ?`,
            jobName,
            ...page,
          );
    return rows.map(instanceOf);
  }

  async instance(id: number): Promise<JobInstance | undefined> {
    const [row] = await select(this.#database, `${INSTANCES} WHERE id = ?`, id);
    return row && instanceOf(row);
  }

  async findIdentity(jobName: string, identity: string): Promise<JobInstance | undefined> {
    const sql = `${INSTANCES} WHERE job_name = ? AND identity = ?`;
    const [row] = await select(this.#database, sql, jobName, identity);
    return row && instanceOf(row);
  }

  async executions(instanceId: number): Promise<readonly JobExecution[]> {
    const sql = `${EXECUTIONS} WHERE instance_id = ? ORDER BY id`;
    return (await select(this.#database, sql, instanceId)).map(executionOf);
  }

  async execution(id: number): Promise<JobExecution | undefined> {
    const [row] = await select(this.#database, `${EXECUTIONS} WHERE id = ?`, id);
    return row && executionOf(row);
  }

  async runningExecutions(jobName: string): Promise<readonly JobExecution[]> {
    const sql = `${EXECUTIONS} WHERE job_name = ? AND batch_status IN (${RUNNING_LIST}) ORDER BY id`;
    return (await select(this.#database, sql, jobName)).map(executionOf);
  }

  purge(options: Parameters<JobRepository['purge']>[0]): Promise<readonly JobInstance[]> {
    return purgeInstances(this.#database, options);
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
