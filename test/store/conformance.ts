import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { describeReading } from './conformance-reading.ts';
import { describeWriting } from './conformance-writing.ts';
import { allUnfinished, checkpointOf, idsOf } from './writes.ts';

/** What the parts of the suite get to work with. */
export interface StoreCase {
  readonly store: () => CheckpointStore;
  /** Runs the check on the store as it is, and again after opening it anew. */
  readonly nowAndAfterReopening: (check: () => Promise<void>) => Promise<void>;
}

export interface StoreUnderTest {
  readonly name: string;
  /** A store with nothing in it. */
  open(): Promise<CheckpointStore>;
  /** Closes the store and opens the same one again. Missing if a store ends with its process. */
  reopen?(store: CheckpointStore): Promise<CheckpointStore>;
  /** Removes what `open` made. */
  dispose(): Promise<void>;
}

/** What every store must do, whatever it is made of. */
export function describeStore(underTest: StoreUnderTest): void {
  describe(`checkpoint store: ${underTest.name}`, () => {
    let store: CheckpointStore;

    beforeEach(async () => {
      store = await underTest.open();
    });

    afterEach(async () => {
      await store.close();
      await underTest.dispose();
    });

    /** Runs the check on the store as it is, and again after opening it anew. */
    async function nowAndAfterReopening(check: () => Promise<void>): Promise<void> {
      await check();
      if (underTest.reopen === undefined) return;
      store = await underTest.reopen(store);
      await check();
    }

    const storeCase: StoreCase = { store: () => store, nowAndAfterReopening };
    describeWriting(storeCase);
    describeReading(storeCase);

    it('refuses a write that it could not keep exactly, and goes on', async () => {
      const wrong = [
        checkpointOf('', 1),
        checkpointOf('a', 1.5),
        checkpointOf('a', -1),
        checkpointOf('a', 1, { createdAt: Number.NaN }),
        checkpointOf('lone \ud800 surrogate', 1),
        checkpointOf('a', 1, { requestId: 'x'.repeat(70_000) }),
        checkpointOf('a', 1, { script: 'nul \0' }),
      ];
      for (const write of wrong) {
        const error = await store.save(write).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StoreError);
        expect(error).toMatchObject({ code: 'WM5008', fatal: false });
        expect((error as StoreError).fix).toBeTypeOf('string');
      }
      await store.save(checkpointOf('a', 1));
      expect(await idsOf(store.list())).toEqual(['a']);
    });

    it('finishes what was called before closing, and refuses what comes after', async () => {
      const last = store.save(checkpointOf('a', 1));
      const closed = store.close();
      await expect(last).resolves.toBeUndefined();
      await closed;
      await store.close();
      await expect(store.save(checkpointOf('b', 1))).rejects.toMatchObject({ code: 'WM5001', fatal: false });
      await expect(store.load('a')).rejects.toMatchObject({ code: 'WM5001' });
      await expect(allUnfinished(store)).rejects.toMatchObject({ code: 'WM5001' });
      if (underTest.reopen === undefined) return;
      store = await underTest.reopen(store);
      expect(await idsOf(store.list())).toEqual(['a']);
    });
  });
}
