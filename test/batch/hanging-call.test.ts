/** A call that never answers, in a process that has nothing else to do, with real time and a real database. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const batch = new URL('../../src/batch/index.ts', import.meta.url).href;

const PROGRAM = `
import { job, JobOperator, openDatabase, SqlTransactionResource, sqlTableWriter } from '${batch}';
const database = await openDatabase('sqlite::memory:');
await database.execute('CREATE TABLE item (id INTEGER)');
const resource = new SqlTransactionResource(database);
const load = job('load').chunk({
  reader: [1, 2, 3, 4, 5],
  processor: (id) => (id === 4 ? new Promise(() => {}) : id),
  writer: sqlTableWriter({ resource, table: 'item', columns: ['id'], row: (id) => ({ id }) }),
  itemCount: 2,
  transactionTimeout: 5,
});
const operator = new JobOperator();
const id = await operator.start(load);
const { batchStatus } = await operator.finished(id);
const [step] = await operator.getStepExecutions(id);
const rows = await database.query('SELECT id FROM item ORDER BY id');
console.log(JSON.stringify({ batchStatus, exception: step.exception.name, rows: rows.map(({ id }) => id) }));
await database.close();
`;

test('the step fails when the time of the transaction is over, and the process goes on', async () => {
  const { stdout, stderr } = await run(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', PROGRAM],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    batchStatus: 'FAILED',
    exception: 'TransactionTimeoutError',
    rows: [1, 2],
  });
});
