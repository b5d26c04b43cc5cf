/** Fencing tokens of a writer's database: by execution, and by attempt within one. */
import { expect, test } from 'vitest';
import { LostLeaseError } from '../../../src/batch/batch-error.ts';
import { tokenBefore, writerToken } from '../../../src/batch/engine/writer-token.ts';
import { SqlTransactionResource } from '../../../src/batch/transaction/sql-transaction-resource.ts';
import { openDatabase } from '../../../src/database/open-database.ts';

test('tokens grow with the attempt, and more with the execution; earlier versions had the fence itself', () => {
  const tokens = [
    7,
    tokenBefore(7),
    writerToken(7, 0),
    writerToken(7, 1),
    writerToken(7, 2 ** 20),
    tokenBefore(8),
  ];
  expect(tokens.toSorted((a, b) => a - b)).toEqual(tokens);
  expect(writerToken(8, 0)).toBeGreaterThan(tokenBefore(8));
  expect(Number.isSafeInteger(writerToken(2 ** 36, 2 ** 20))).toBe(true);
});

test('whoever had a partition cannot commit any more when another attempt has begun, nor before its first chunk', async () => {
  const database = await openDatabase('sqlite::memory:');
  await database.execute('CREATE TABLE item (value INTEGER)');
  const resource = new SqlTransactionResource(database);
  const key = { repositoryId: 'r', instanceId: 1, stepName: 'load', partition: 3 };
  const commit = async (attempt: number, value: number): Promise<void> => {
    const transaction = await resource.begin(0);
    try {
      await transaction.sql.execute('INSERT INTO item VALUES (?)', [value]);
      await transaction.saveRecord(key, writerToken(4, attempt), Uint8Array.of(value));
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  };
  expect(await resource.takeRecord(key, writerToken(4, 0))).toBeUndefined();
  await commit(0, 1);
  expect(await resource.takeRecord(key, writerToken(4, 1))).toEqual(Uint8Array.of(1));
  await expect(commit(0, 2)).rejects.toThrow(LostLeaseError);
  await commit(1, 3);
  await expect(resource.takeRecord(key, writerToken(4, 0))).rejects.toThrow(LostLeaseError);
  expect(await database.query('SELECT value FROM item ORDER BY value')).toEqual([{ value: 1 }, { value: 3 }]);
  // A step that begins anew forgets what earlier executions have left, and nothing of this one.
  await resource.dropRecords({ ...key, fence: tokenBefore(4) });
  expect(await resource.takeRecord(key, writerToken(4, 2))).toEqual(Uint8Array.of(3));
  await resource.dropRecords({ ...key, fence: tokenBefore(5) });
  expect(await resource.takeRecord(key, writerToken(5, 0))).toBeUndefined();
  await database.close();
});
