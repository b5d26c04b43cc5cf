/** Partitions in worker threads that write to one SQLite database, each through a connection of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '../../../src/batch/builder/artifact-inputs.ts';
import { job } from '../../../src/batch/builder/job-builder.ts';
import { SqlTransactionResource } from '../../../src/batch/transaction/sql-transaction-resource.ts';
import { openDatabase } from '../../../src/database/open-database.ts';

const database = await openDatabase(process.env['ROWS_DATABASE']!);
await database.execute('CREATE TABLE IF NOT EXISTS item (part INTEGER, value INTEGER)');
const resource = new SqlTransactionResource(database);

export const close = (): Promise<void> => database.close();

export const rows = job('rows', { module: import.meta.url })
  .chunk({
    id: 'load',
    reader: () => Array.from({ length: 40 }, (_, index) => index),
    processor: async (value: number, { job: { parameters }, partition }) => {
      if (parameters['fail'] === `${partition!.index}:${value}`) throw new TypeError('broken');
      if (parameters['slow'] === 'yes') await sleep(100);
      return { part: partition!.index, value };
    },
    writer: inTransaction(resource, async (items: readonly { part: number; value: number }[], { sql }) => {
      for (const { part, value } of items) await sql.execute('INSERT INTO item VALUES (?, ?)', [part, value]);
    }),
    itemCount: 5,
    allowStartIfComplete: true,
    partition: { over: 4, threads: 2, workers: 2 },
  })
  .batchlet('after', ({ job: { parameters } }) => {
    if (parameters['after'] === 'fail') throw new Error('not yet');
  });
