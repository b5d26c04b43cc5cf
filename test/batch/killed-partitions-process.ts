/**
 * Runs three partitions without end, to be killed: each chunk is written with items and record in one transaction, and its record in the job
 * repository too. Prints a line per acknowledged chunk: `<transaction|repository> <partition> <chunk>`.
 *
 *     node killed-partitions-process.ts <database address> <repository folder> <instance id> <fence>
 */
import { writeSync } from 'node:fs';
import { SqlTransactionResource } from '../../src/batch/transaction/sql-transaction-resource.ts';
import { openFolderRepository } from '../../src/batch/repository/open-job-repository.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { insertRows } from '../../src/database/statements/insert-statement.ts';

const [address, folder, instance, token] = process.argv.slice(2) as [string, string, string, string];
const database = await openDatabase(address);
const resource = new SqlTransactionResource(database);
const repository = await openFolderRepository(folder);
const instanceId = Number(instance);
const fence = Number(token);
const recordOf = (chunk: number): Uint8Array => new Uint8Array(new BigUint64Array([BigInt(chunk)]).buffer);

async function partition(index: number): Promise<void> {
  const key = { repositoryId: repository.id, instanceId, stepName: 'load', partition: index };
  const taken = await resource.takeRecord(key, fence);
  let chunk = taken === undefined ? 0 : Number(new DataView(taken.buffer).getBigUint64(0, true));
  for (;;) {
    chunk++;
    const transaction = await resource.begin(0);
    await insertRows(
      transaction.sql,
      { table: 'item', columns: ['part', 'chunk'] },
      Array.from({ length: 5 }, () => [index, chunk]),
    );
    await transaction.saveRecord(key, fence, recordOf(chunk));
    await transaction.commit();
    writeSync(1, `transaction ${index} ${chunk}\n`);
    await repository.saveChunk(key, fence, { bytes: () => recordOf(chunk) });
    writeSync(1, `repository ${index} ${chunk}\n`);
  }
}

await Promise.all([0, 1, 2].map(partition));
