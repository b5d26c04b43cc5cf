import type { SqlDatabase } from '../../../database/sql-database.ts';
import type { JobInstance, JobRepository } from '../job-repository.ts';
import { change, holdingRows, select } from './numbered-sql.ts';
import { instanceOf } from './repository-rows.ts';

/** Instances per transaction: nobody waits long for its locks. */
const AT_ONCE = 100;

/** Removes instances whose last execution has ended before, with all that belongs to them. @returns the instances, newest first */
export async function purgeInstances(
  database: SqlDatabase,
  { jobName, before, statuses }: Parameters<JobRepository['purge']>[0],
): Promise<readonly JobInstance[]> {
  if (statuses.length === 0) return [];
  const purged: JobInstance[] = [];
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const last = await database.transaction(async (transaction) => {
      const ofJob = jobName === undefined ? '' : ' AND i.job_name = ?';
      const rows = await select(
        transaction,
        `SELECT i.id, i.job_name, i.identity, i.created_at FROM waymark_job_instance i
          JOIN waymark_job_execution e ON e.instance_id = i.id
          WHERE i.id < ?${ofJob} AND e.end_time < ? AND e.batch_status IN (${statuses.map(() => '?').join(', ')})
          AND NOT EXISTS (SELECT 1 FROM waymark_job_execution later WHERE later.instance_id = i.id AND later.id > e.id)
          ORDER BY i.id DESC LIMIT ${AT_ONCE}${holdingRows(transaction, 'FOR UPDATE')}`,
        below,
        ...(jobName === undefined ? [] : [jobName]),
        before,
        ...statuses,
      );
      if (rows.length === 0) return undefined;
      const found = rows.map(instanceOf);
      const ids = found.map(({ id }) => id);
      const list = ids.map(() => '?').join(', ');
      const steps = `SELECT id FROM waymark_job_step WHERE instance_id IN (${list})`;
      await change(transaction, `DELETE FROM waymark_job_partition WHERE step_id IN (${steps})`, ...ids);
      for (const table of ['waymark_job_step', 'waymark_job_chunk', 'waymark_job_execution'])
        await change(transaction, `DELETE FROM ${table} WHERE instance_id IN (${list})`, ...ids);
      await change(transaction, `DELETE FROM waymark_job_instance WHERE id IN (${list})`, ...ids);
      purged.push(...found);
      return ids.at(-1);
    });
    if (last === undefined) return purged;
    below = last;
  }
}
