import { SqlTransactionResource } from '../../src/batch/transaction/sql-transaction-resource.ts';
import type { SqlChunkTransaction } from '../../src/batch/transaction/sql-transaction-resource.ts';
import { DATABASES } from '../database/databases-under-test.ts';
import { describeTransactionResource } from './transaction-conformance.ts';

for (const [kind, make] of Object.entries(DATABASES)) {
  describeTransactionResource(kind, async () => {
    const under = await make();
    const [database, other] = [await under.open(), await under.open()];
    await database.execute('CREATE TABLE item (value INTEGER NOT NULL)');
    const sqlOf = (transaction: unknown) => (transaction as SqlChunkTransaction).sql;
    return {
      resource: new SqlTransactionResource(database),
      other: new SqlTransactionResource(other),
      manyWriters: kind !== 'sqlite',
      write: async (transaction, item) => {
        await sqlOf(transaction).execute(`INSERT INTO item VALUES (${database.dialect.placeholder(1)})`, [
          item,
        ]);
      },
      items: async () =>
        (await other.query<{ value: number }>('SELECT value FROM item ORDER BY value')).map(
          ({ value }) => value,
        ),
      fail: async (transaction) => {
        await sqlOf(transaction).execute('INSERT INTO item VALUES (NULL)');
      },
      remove: async () => {
        await database.close();
        await other.close();
        await under.remove();
      },
    };
  });
}
