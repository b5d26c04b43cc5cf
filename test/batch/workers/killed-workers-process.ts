/**
 * Copies 4 ranges of numbers into SQLite with 4 worker threads, until it is done or killed. Prints a line per chunk.
 * With CHUNKS it kills itself in that chunk of a thread, before its commit: whoever wants to kill it then may come too late.
 *
 *     DATABASE=sqlite:file [CHUNKS=20] node killed-workers-process.ts <repository folder> <life>
 */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import {
  type ArtifactContext,
  job,
  JobOperator,
  openDatabase,
  openFolderRepository,
  processEnvironment,
  SqlTransactionResource,
  sqlTableWriter,
} from '../../../src/batch/index.ts';

const PARTITIONS = 4;
const EACH = 500;
const most = Number(process.env['CHUNKS'] ?? Infinity);

const database = await openDatabase(process.env['DATABASE']!);
const resource = new SqlTransactionResource(database);

export const copy = job('copy', { module: import.meta.url }).chunk<number>({
  id: 'load',
  reader: {
    *from(cursor: number | null, { partition }: ArtifactContext) {
      const first = partition!.index * EACH;
      for (let item = cursor === null ? first : cursor + 1; item < first + EACH; item++) yield item;
    },
    cursor: (item: number) => item,
  },
  writer: sqlTableWriter<number>({ resource, table: 'item', columns: ['id'], row: (id) => ({ id }) }),
  itemCount: 10,
  listeners: [
    () => {
      let chunks = 0;
      return {
        afterChunk() {
          writeSync(1, 'chunk\n');
          if (++chunks >= most) process.kill(process.pid, 'SIGKILL');
        },
      };
    },
  ],
  partition: { over: PARTITIONS, workers: PARTITIONS },
});

export const close = (): Promise<void> => database.close();

if (isMainThread) {
  const [folder, life] = process.argv.slice(2) as [string, string];
  const repository = await openFolderRepository(folder);
  // Each life is an hour after the one before, so that no lease of the dead is in the way.
  const environment = { ...processEnvironment, wallClock: () => Date.now() + Number(life) * 3_600_000 };
  const operator = new JobOperator({ repository, environment });
  const id = await operator.start(copy, {}, { identity: true });
  const { batchStatus } = await operator.finished(id);
  for (const { exception } of await operator.getStepExecutions(id))
    if (exception !== undefined) process.stderr.write(`${exception.stack ?? exception.message}\n`);
  await repository.close();
  await database.close();
  if (batchStatus !== 'COMPLETED') process.exitCode = 1;
}
