/**
 * Imports numbers into SQLite, with skips and retries, and says how far it has come; started again it goes on. Killed by killed-import.test.ts.
 *
 * Arguments: a folder, how many items.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import {
  inTransaction,
  job,
  JobOperator,
  openDatabase,
  openFolderRepository,
  SqlTransactionResource,
} from '../../src/batch/index.ts';

const [folder = '', count = ''] = process.argv.slice(2);
const items = Number(count);
const database = await openDatabase(`sqlite:${join(folder, 'target.db')}`);
await database.execute('CREATE TABLE IF NOT EXISTS row (item INTEGER)');

class Bad extends Error {}
class Busy extends Error {}
let busy = 0;

const definition = job('import').chunk({
  id: 'load',
  reader: {
    *from(cursor: number | null) {
      for (let item = (cursor ?? 0) + 1; item <= items; item++) yield item;
    },
    cursor: (item: number) => item,
  },
  processor: async (item) => {
    if (item % 10 === 0) throw new Bad(String(item));
    if (item % 7 === 0 && busy++ % 3 === 0) throw new Busy(String(item));
    if (item % 25 === 0) await sleep(1);
    return item;
  },
  writer: inTransaction(new SqlTransactionResource(database), async (chunk: readonly number[], { sql }) => {
    for (const item of chunk) await sql.execute('INSERT INTO row VALUES (?)', [item]);
    process.stdout.write(`${chunk.at(-1)}\n`);
    await sleep(5);
  }),
  itemCount: 8,
  skip: [Bad],
  retry: [Busy],
});

const repository = await openFolderRepository(folder);
const operator = new JobOperator({ repository, leaseMs: 600 });
for (;;) {
  try {
    const id = await operator.start(definition, {}, { identity: true });
    const { batchStatus } = await operator.finished(id);
    process.stdout.write(`${batchStatus}\n`);
    break;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'WM9056') {
      process.stdout.write('COMPLETED\n');
      break;
    }
    // The lease of the process that was killed has not run out yet.
    if (code !== 'WM9053') throw error;
    await sleep(50);
  }
}
await repository.close();
await database.close();
