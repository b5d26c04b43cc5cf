/** The tables of a job repository in an SQL database: made when it is first opened, brought up to date when an older version has made them. */
import { randomUUID } from 'node:crypto';
import type { SqlDatabase, SqlSession, SqlTransaction } from '../../../database/sql-database.ts';
import { BatchError, BatchErrorCode } from '../../batch-error.ts';

/** Raised when tables change, with a migration; a repository of a newer one is refused. */
const VERSION = 2;
/** What makes tables of a version those of the next one. */
const MIGRATIONS: readonly ((transaction: SqlTransaction) => Promise<void>)[] = [
  // Version 1 was first without this column, and then with it.
  (transaction) => addColumn(transaction, 'waymark_job_execution', 'exception'),
];
/** Any number; that of chunk tables is another one. */
const ADVISORY_LOCK = 7_732_002;

/**
 * @returns the repository's id, made with its tables
 * @throws BatchError WM9069 for tables of a newer version
 */
export async function prepareRepository(database: SqlDatabase): Promise<string> {
  const found = await readIdentity(database);
  if (found?.version === VERSION) return found.id;
  return database.transaction(async (transaction) => {
    await aloneWithTables(transaction);
    if (found === undefined) await makeTables(transaction);
    // Another process may have been here in the meantime.
    const { id, version } = (await identityIn(transaction)) ?? (await makeIdentity(transaction));
    if (version > VERSION) throw tooNew(database, version);
    for (const migrate of MIGRATIONS.slice(version - 1)) await migrate(transaction);
    if (version < VERSION)
      await transaction.execute(
        `UPDATE waymark_job_repository SET version = ${transaction.dialect.placeholder(1)}`,
        [VERSION],
      );
    return id;
  });
}

interface Identity {
  readonly id: string;
  readonly version: number;
}

async function readIdentity(database: SqlDatabase): Promise<Identity | undefined> {
  try {
    return await identityIn(database);
  } catch {
    // Not there yet, or making it will say why it cannot be used.
    return undefined;
  }
}

async function identityIn(session: SqlSession): Promise<Identity | undefined> {
  const [row] = await session.query<{ id: string; version: number }>(
    'SELECT id, version FROM waymark_job_repository',
  );
  return row;
}

const tooNew = ({ name }: SqlDatabase, version: number): BatchError =>
  new BatchError(
    BatchErrorCode.repository,
    `the job repository in ${name} has format ${version}, and this version of Waymark knows ${VERSION}`,
    { fix: 'Use the version of Waymark that wrote it, or a newer one.' },
  );

/** Two processes that make one table at the same time meet in PostgreSQL's catalogue, where IF NOT EXISTS does not help. */
async function aloneWithTables(transaction: SqlTransaction): Promise<void> {
  if (transaction.dialect.kind === 'postgres')
    await transaction.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`);
}

async function addColumn(transaction: SqlTransaction, table: string, column: string): Promise<void> {
  const { kind, types } = transaction.dialect;
  if (kind === 'postgres') {
    await transaction.execute(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} ${types.text}`);
    return;
  }
  const there = await transaction.query('SELECT 1 AS there FROM pragma_table_info(?) WHERE name = ?', [
    table,
    column,
  ]);
  if (there.length === 0)
    await transaction.execute(`ALTER TABLE ${table} ADD COLUMN ${column} ${types.text}`);
}

async function makeIdentity(transaction: SqlTransaction): Promise<Identity> {
  const fresh = { id: randomUUID(), version: VERSION };
  const { dialect } = transaction;
  const values = `${dialect.placeholder(1)}, ${dialect.placeholder(2)}`;
  await transaction.execute(`INSERT INTO waymark_job_repository (id, version) VALUES (${values})`, [
    fresh.id,
    fresh.version,
  ]);
  return fresh;
}

async function makeTables(transaction: SqlTransaction): Promise<void> {
  const { dialect } = transaction;
  const { integer, text, bytes } = dialect.types;
  const id =
    dialect.kind === 'postgres'
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
}
