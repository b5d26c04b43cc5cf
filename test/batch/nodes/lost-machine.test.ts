/** A node that is lost with its machine leaves a transaction open: PostgreSQL ends it, and whoever goes on need not wait for longer. */
import { expect, test } from 'vitest';
import { SqlTransactionResource } from '../../../src/batch/transaction/sql-transaction-resource.ts';
import { openDatabase } from '../../../src/database/open-database.ts';
import { PostgresServer } from '../../servers/postgres-server.ts';

test('a transaction that nobody goes on with ends soon after its time; it holds nothing then, and commits nothing', async () => {
  const server = await PostgresServer.open();
  const databases = [await openDatabase(server.url), await openDatabase(server.url)];
  try {
    const [lost, next] = databases.map((database) => new SqlTransactionResource(database)) as [
      SqlTransactionResource,
      SqlTransactionResource,
    ];
    await databases[0]!.execute('CREATE TABLE item (value INTEGER)');
    const key = { repositoryId: 'r', instanceId: 1, stepName: 'load', partition: 0 };
    await lost.takeRecord(key, 1);
    const transaction = await lost.begin(5000);
    await transaction.sql.execute('INSERT INTO item VALUES ($1)', [1]);
    await transaction.saveRecord(key, 1, Uint8Array.of(1));
    // It waits for the row that the transaction holds.
    expect(await next.takeRecord(key, 2)).toBeUndefined();
    // Nobody who was away can tell what has become of it: the engine reads the record then.
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'WM9504' });
    expect(await databases[1]!.query('SELECT value FROM item')).toEqual([]);
  } finally {
    for (const database of databases) await database.close();
    await server.remove();
  }
});
