/** Worker threads with transactional writers: exactly once, also after failures, stops and when a step begins anew. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JobOperator } from '../../../src/batch/operator/job-operator.ts';
import { openFolderRepository } from '../../../src/batch/repository/open-job-repository.ts';
import type { SqlJobRepository } from '../../../src/batch/repository/sql/sql-job-repository.ts';
import { openDatabase } from '../../../src/database/open-database.ts';
import type { SqlDatabase } from '../../../src/database/sql-database.ts';

let folder: string;
let repository: SqlJobRepository;
let operator: JobOperator;
let database: SqlDatabase;
let committed = Promise.withResolvers<void>();
let job: typeof import('./rows-job.ts');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-workers-'));
  process.env['ROWS_DATABASE'] = `sqlite:${join(folder, 'rows.db')}`;
  job = await import('./rows-job.ts');
  database = await openDatabase(process.env['ROWS_DATABASE']);
  repository = await openFolderRepository(folder);
  operator = new JobOperator({
    repository,
    leaseMs: 60_000,
    observer: { chunkCommitted: () => committed.resolve() },
  });
});
afterAll(async () => {
  await operator.close();
  await repository.close();
  await database.close();
  await job.close();
  await rm(folder, { recursive: true, force: true });
});

/** How often every row is there, for each partition. */
async function times(): Promise<readonly unknown[]> {
  const found = await database.query(
    'SELECT part, count(*) AS rows, count(DISTINCT value) AS kinds FROM item GROUP BY part ORDER BY part',
  );
  return found.map((row) => [row['part'], row['rows'], row['kinds']]);
}
const each = (rows: number): readonly unknown[] => [0, 1, 2, 3].map((part) => [part, rows, 40]);

test('exactly once after a failure and a stop', async () => {
  const failed = await operator.finished(await operator.start(job.rows, { fail: '1:23' }));
  expect(failed.batchStatus).toBe('FAILED');
  committed = Promise.withResolvers();
  const slow = await operator.restart(failed.id, { slow: 'yes' });
  await committed.promise;
  await operator.stop(slow);
  const stopped = await operator.finished(slow);
  expect(stopped.batchStatus).toBe('STOPPED');
  const ended = await operator.finished(await operator.restart(slow));
  expect(ended.batchStatus).toBe('COMPLETED');
  expect(await times()).toEqual(each(40));
  const [step] = await operator.getStepExecutions(ended.id);
  expect(step!.guarantee).toContain('exactly once');
});

test('a step that begins anew forgets the checkpoints of all its partitions, once', async () => {
  await database.execute('DELETE FROM item');
  const failed = await operator.finished(await operator.start(job.rows, { after: 'fail' }));
  expect(failed.batchStatus).toBe('FAILED');
  expect(await times()).toEqual(each(40));
  const again = await operator.finished(await operator.restart(failed.id));
  expect(again.batchStatus).toBe('COMPLETED');
  expect(await times()).toEqual(each(80));
});
