/** The tables of a job repository in an SQL database; made when it is first opened. */
import { randomUUID } from 'node:crypto';
import type { SqlDatabase, SqlTransaction } from '../../../database/sql-database.ts';
import { BatchError, BatchErrorCode } from '../../batch-error.ts';

/** Raised when tables change; a repository of a newer one is refused. */
const VERSION = 1;
/** Any number; that of chunk tables is another one. */
const ADVISORY_LOCK = 7_732_002;

/**
 * @returns the repository's id, made with its tables
 * @throws BatchError WM9069 for tables of a newer version
 */
export async function prepareRepository(database: SqlDatabase): Promise<string> {
  return (await readIdentity(database)) ?? database.transaction((transaction) => make(transaction));
}

async function readIdentity(database: SqlDatabase): Promise<string | undefined> {
  let row: { id: string; version: number } | undefined;
  try {
    [row] = await database.query('SELECT id, version FROM waymark_job_repository');
  } catch {
    // Not there yet, or making it will say why it cannot be used.
    return undefined;
  }
  if (row !== undefined && row.version > VERSION)
    throw new BatchError(
      BatchErrorCode.repository,
      `the job repository in ${database.name} has format ${row.version}, and this version of Waymark knows ${VERSION}`,
      { fix: 'Use the version of Waymark that wrote it, or a newer one.' },
    );
  return row?.id;
}

async function make(transaction: SqlTransaction): Promise<string> {
  const { dialect } = transaction;
  const isPostgres = dialect.kind === 'postgres';
  // Two processes that make one table at the same time meet in PostgreSQL's catalogue, where IF NOT EXISTS does not help.
  if (isPostgres) await transaction.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
  const { integer, text, bytes } = dialect.types;
  const id = isPostgres
    ? 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY'
    : 'INTEGER PRIMARY KEY AUTOINCREMENT';
  for (const statement of [
    `CREATE TABLE IF NOT EXISTS waymark_job_repository (id ${text} PRIMARY KEY, version ${integer} NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS waymark_job_instance (
      id ${id}, job_name ${text} NOT NULL, identity ${text}, created_at ${integer} NOT NULL, fence ${integer} NOT NULL,
      UNIQUE (job_name, identity))`,
    `CREATE TABLE IF NOT EXISTS waymark_job_execution (
      id ${id}, instance_id ${integer} NOT NULL, job_name ${text} NOT NULL, batch_status ${text} NOT NULL, exit_status ${text},
      create_time ${integer} NOT NULL, start_time ${integer}, end_time ${integer}, updated_time ${integer} NOT NULL,
      parameters ${text} NOT NULL, restart_at ${text}, stop_requested ${integer} NOT NULL,
      owner ${text}, lease_until ${integer}, fence ${integer}, exception ${text})`,
    `CREATE TABLE IF NOT EXISTS waymark_job_step (
      id ${id}, execution_id ${integer} NOT NULL, instance_id ${integer} NOT NULL, step_name ${text} NOT NULL,
      batch_status ${text} NOT NULL, exit_status ${text}, start_time ${integer} NOT NULL, end_time ${integer},
      user_data ${bytes}, metrics ${text} NOT NULL, exception ${text}, guarantee ${text})`,
    `CREATE TABLE IF NOT EXISTS waymark_job_partition (
      step_id ${integer} NOT NULL, part ${integer} NOT NULL, batch_status ${text} NOT NULL, exit_status ${text},
      user_data ${bytes}, metrics ${text} NOT NULL, properties ${text} NOT NULL, PRIMARY KEY (step_id, part))`,
    `CREATE TABLE IF NOT EXISTS waymark_job_chunk (
      instance_id ${integer} NOT NULL, step_name ${text} NOT NULL, part ${integer} NOT NULL, record ${bytes} NOT NULL,
      PRIMARY KEY (instance_id, step_name, part))`,
    `CREATE INDEX IF NOT EXISTS waymark_job_execution_by_instance ON waymark_job_execution (instance_id)`,
    `CREATE INDEX IF NOT EXISTS waymark_job_step_by_execution ON waymark_job_step (execution_id)`,
    `CREATE INDEX IF NOT EXISTS waymark_job_step_by_instance ON waymark_job_step (instance_id)`,
  ])
    await transaction.execute(statement);
  const [made] = await transaction.query<{ id: string }>('SELECT id FROM waymark_job_repository');
  if (made !== undefined) return made.id;
  const fresh = randomUUID();
  const values = `${dialect.placeholder(1)}, ${dialect.placeholder(2)}`;
  await transaction.execute(`INSERT INTO waymark_job_repository (id, version) VALUES (${values})`, [
    fresh,
    VERSION,
  ]);
  return fresh;
}
