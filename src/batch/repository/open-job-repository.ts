import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../database/open-database.ts';
import { SqliteDatabase } from '../../database/sqlite/sqlite-database.ts';
import { BatchError, BatchErrorCode } from '../batch-error.ts';
import { SqlJobRepository } from './sql/sql-job-repository.ts';

/** In a data folder, beside the checkpoints of scripts. */
export const JOB_REPOSITORY_FILE = 'jobs.db';

/**
 * Opens the job repository of a data folder, made if it is missing. Several processes may have it open.
 * @throws DatabaseError if the file cannot be used
 */
export async function openFolderRepository(directory: string): Promise<SqlJobRepository> {
  await mkdir(directory, { recursive: true });
  return opened(new SqliteDatabase({ path: join(directory, JOB_REPOSITORY_FILE) }));
}

/**
 * Opens the job repository in a database: `postgres://user:password@host:port/database`, `sqlite:file.db`. Its tables are named `waymark_job_...`.
 * @throws DatabaseError, and BatchError WM9069 for a database that cannot hold one
 */
export async function openDatabaseRepository(address: string): Promise<SqlJobRepository> {
  const database = await openDatabase(address);
  if (database.dialect.kind === 'mysql') {
    await database.close();
    throw new BatchError(BatchErrorCode.repository, `${database.name} cannot hold a job repository`, {
      fix: 'Keep it in SQLite or PostgreSQL. Items can be written to MySQL all the same, exactly once.',
    });
  }
  return opened(database);
}

async function opened(database: Parameters<typeof SqlJobRepository.open>[0]): Promise<SqlJobRepository> {
  try {
    return await SqlJobRepository.open(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}
