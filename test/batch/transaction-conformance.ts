/** What every transaction resource must do: the guarantees of src/batch/transaction/transaction-resource.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LostLeaseError } from '../../src/batch/batch-error.ts';
import type {
  ChunkRecordKey,
  ChunkTransaction,
  TransactionResource,
} from '../../src/batch/transaction/transaction-resource.ts';

/** A resource over one database, with a table of items of the test's own. */
export interface ResourceUnderTest {
  readonly resource: TransactionResource;
  /** The same database as another process would see it. */
  readonly other: TransactionResource;
  write(transaction: ChunkTransaction, item: number): Promise<void>;
  /** Of what was committed, in order. */
  items(): Promise<readonly number[]>;
  /** Fails as a statement fails, in the transaction. */
  fail(transaction: ChunkTransaction): Promise<void>;
  /** True if transactions of two partitions may be open at once. */
  readonly manyWriters: boolean;
  remove(): Promise<void>;
}

let instances = 0;
const freshKey = (changes: Partial<ChunkRecordKey> = {}): ChunkRecordKey => ({
  repositoryId: 'r1',
  instanceId: ++instances,
  stepName: 'load',
  partition: -1,
  ...changes,
});
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const listed = (record: Uint8Array | undefined): number[] | undefined => record && [...record];

export function describeTransactionResource(name: string, open: () => Promise<ResourceUnderTest>): void {
  describe(`transaction resource: ${name}`, () => {
    let under: ResourceUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under?.remove());

    test('two that use it first at the same time both can', async () => {
      const key = freshKey();
      const records = await Promise.all([
        under.resource.takeRecord(key, 1),
        under.other.takeRecord(freshKey(), 1),
        under.other.takeRecord(key, 1),
      ]);
      expect(records).toEqual([undefined, undefined, undefined]);
    });

    test('items and record are there together after the commit, and not before', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      const before = await under.items();
      const transaction = await under.resource.begin(0);
      await under.write(transaction, 1001);
      await transaction.saveRecord(key, 1, bytes(1, 2, 3));
      expect(await under.items()).toEqual(before);
      await transaction.commit();
      expect(await under.items()).toEqual([...before, 1001]);
      expect(listed(await under.other.takeRecord(key, 1))).toEqual([1, 2, 3]);
    });

    test('a record is replaced as a whole', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      for (const record of [bytes(1, 2, 3), new Uint8Array(100_000).fill(9), bytes()]) {
        const transaction = await under.resource.begin(0);
        await transaction.saveRecord(key, 1, record);
        await transaction.commit();
        expect(listed(await under.resource.takeRecord(key, 1))).toEqual([...record]);
      }
    });

    test('the same record saved again is saved', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      for (let round = 0; round < 2; round++) {
        const transaction = await under.resource.begin(0);
        await transaction.saveRecord(key, 1, bytes(5));
        await transaction.commit();
      }
      expect(listed(await under.resource.takeRecord(key, 1))).toEqual([5]);
    });

    test('after a rollback neither is there', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      const before = await under.items();
      const transaction = await under.resource.begin(0);
      await under.write(transaction, 2001);
      await transaction.saveRecord(key, 1, bytes(1));
      await transaction.rollback();
      expect(await under.items()).toEqual(before);
      expect(await under.resource.takeRecord(key, 1)).toBeUndefined();
      const next = await under.resource.begin(0);
      await under.write(next, 2002);
      await next.saveRecord(key, 1, bytes(2));
      await next.commit();
      expect(await under.items()).toEqual([...before, 2002]);
    });

    test('an error that somebody swallowed is not committed silently', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      const before = await under.items();
      const transaction = await under.resource.begin(0);
      await under.write(transaction, 3001);
      await expect(under.fail(transaction)).rejects.toThrow();
      const outcome = await (async () => {
        await transaction.saveRecord(key, 1, bytes(1));
        await transaction.commit();
      })().then(
        () => 'committed',
        () => 'refused',
      );
      await transaction.rollback();
      const record = await under.resource.takeRecord(key, 1);
      // Databases differ in whether the transaction may go on; items and record go the same way in all.
      expect(await under.items()).toEqual(outcome === 'committed' ? [...before, 3001] : before);
      expect(listed(record)).toEqual(outcome === 'committed' ? [1] : undefined);
    });

    test('a run that lost its lease can neither take nor save, not even its first chunk', async () => {
      const key = freshKey();
      const before = await under.items();
      await under.resource.takeRecord(key, 1);
      expect(await under.other.takeRecord(key, 2)).toBeUndefined();
      const old = await under.resource.begin(0);
      await under.write(old, 4001);
      await expect(old.saveRecord(key, 1, bytes(1))).rejects.toBeInstanceOf(LostLeaseError);
      await old.rollback();
      await expect(under.resource.takeRecord(key, 1)).rejects.toBeInstanceOf(LostLeaseError);
      const successor = await under.other.begin(0);
      await under.write(successor, 4002);
      await successor.saveRecord(key, 2, bytes(2));
      await successor.commit();
      expect(await under.items()).toEqual([...before, 4002]);
      expect(listed(await under.other.takeRecord(key, 2))).toEqual([2]);
    });

    test('a token that was never taken cannot save', async () => {
      const key = freshKey();
      const transaction = await under.resource.begin(0);
      await expect(transaction.saveRecord(key, 1, bytes(1))).rejects.toBeInstanceOf(LostLeaseError);
      await transaction.rollback();
    });

    test('taking waits for a transaction that has saved and is not yet committed: what it gives is what counts', async () => {
      const key = freshKey();
      await under.resource.takeRecord(key, 1);
      const old = await under.resource.begin(0);
      await under.write(old, 5001);
      await old.saveRecord(key, 1, bytes(1));
      let taken: number[] | undefined | 'waits' = 'waits';
      const taking = (async () => {
        taken = listed(await under.other.takeRecord(key, 2));
      })();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(taken).toBe('waits');
      await old.commit();
      await taking;
      expect(taken).toEqual([1]);
    });

    test('keys do not mix: repositories, instances, steps (whatever their names), partitions', async () => {
      const base = freshKey();
      const keys: ChunkRecordKey[] = [
        base,
        { ...base, repositoryId: 'r2' },
        { ...base, instanceId: ++instances },
        ...['Load', 'load ', 'l\u00f6ad', 'loa', "load'; --"].map((stepName) => ({ ...base, stepName })),
        { ...base, partition: 0 },
        { ...base, partition: 1 },
      ];
      for (const [index, key] of keys.entries()) {
        expect(await under.resource.takeRecord(key, 1)).toBeUndefined();
        const transaction = await under.resource.begin(0);
        await transaction.saveRecord(key, 1, bytes(index));
        await transaction.commit();
      }
      const found = [];
      for (const key of keys) found.push(listed(await under.resource.takeRecord(key, 1)));
      expect(found).toEqual(keys.map((_, index) => [index]));
    });

    test('dropping: of a step, of an instance, and not what a later run has taken', async () => {
      const key = freshKey();
      const keys = [key, { ...key, partition: 0 }, { ...key, stepName: 'clean' }];
      const saved = async (): Promise<boolean[]> => {
        const found = [];
        for (const each of keys) found.push((await under.resource.takeRecord(each, 3)) !== undefined);
        return found;
      };
      const save = async (): Promise<void> => {
        for (const each of keys) {
          await under.resource.takeRecord(each, 3);
          const transaction = await under.resource.begin(0);
          await transaction.saveRecord(each, 3, bytes(1));
          await transaction.commit();
        }
      };
      const { repositoryId, instanceId } = key;
      await save();
      await under.resource.dropRecords({ repositoryId, instanceId, fence: 2 });
      expect(await saved()).toEqual([true, true, true]);
      await under.resource.dropRecords({ repositoryId, instanceId, stepName: 'load', fence: 3 });
      expect(await saved()).toEqual([false, false, true]);
      await save();
      await under.resource.dropRecords({ repositoryId, instanceId, fence: 3 });
      expect(await saved()).toEqual([false, false, false]);
    });

    test('many partitions at once: every item once, every record its own', async () => {
      const base = freshKey();
      const before = (await under.items()).length;
      await Promise.all(
        Array.from({ length: 5 }, async (_, partition) => {
          const key = { ...base, partition };
          const resource = partition % 2 === 0 ? under.resource : under.other;
          await resource.takeRecord(key, 1);
          for (let chunk = 0; chunk < 5; chunk++) {
            const transaction = await resource.begin(10_000);
            await under.write(transaction, 6000 + partition * 10 + chunk);
            await transaction.saveRecord(key, 1, bytes(partition, chunk));
            if (chunk === 2) await transaction.rollback();
            else await transaction.commit();
          }
        }),
      );
      expect((await under.items()).length).toBe(before + 20);
      for (let partition = 0; partition < 5; partition++)
        expect(listed(await under.resource.takeRecord({ ...base, partition }, 1))).toEqual([partition, 4]);
    });

    test('transactions of two partitions do not wait for each other, where the database has many writers', async () => {
      const base = freshKey();
      const keys = [
        { ...base, partition: 0 },
        { ...base, partition: 1 },
      ] as const;
      for (const key of keys) await under.resource.takeRecord(key, 1);
      const first = await under.resource.begin(0);
      await under.write(first, 7001);
      await first.saveRecord(keys[0], 1, bytes(0));
      const second = Promise.resolve(under.resource.begin(0)).then(async (transaction) => {
        await under.write(transaction, 7002);
        await transaction.saveRecord(keys[1], 1, bytes(1));
        await transaction.commit();
      });
      if (under.manyWriters) await second;
      await first.commit();
      await second;
      expect((await under.items()).filter((item) => item === 7001 || item === 7002).length).toBe(2);
    });
  });
}
