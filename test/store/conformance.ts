import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckpointStore, StoredInstance } from '../../src/store/checkpoint-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { allUnfinished, bytesOf, checkpointOf, outcomeOf, textOf } from './writes.ts';

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

    async function ids(
      instances: readonly { readonly id: string }[] | Promise<readonly { readonly id: string }[]>,
    ) {
      return (await instances).map(({ id }) => id);
    }

    it('gives back exactly what was saved', async () => {
      const write = checkpointOf('a', 1, {
        script: 'äußerung/日本',
        requestId: 'request 🚀 1',
        codeHash: 'sha256-x',
        createdAt: 1_700_000_000_123.5,
        at: 1_700_000_000_456,
        snapshot: Uint8Array.from({ length: 3000 }, (_, index) => index % 256),
      });
      await store.save(write);
      await nowAndAfterReopening(async () => {
        const { snapshot, ...rest } = (await store.load('a')) as StoredInstance;
        expect(rest).toEqual({
          id: 'a',
          script: write.script,
          requestId: write.requestId,
          codeHash: write.codeHash,
          status: 'running',
          sequence: 1,
          createdAt: write.createdAt,
          updatedAt: write.at,
          outcome: undefined,
          damaged: undefined,
        });
        expect(textOf(snapshot)).toBe(textOf(write.snapshot));
      });
    });

    it('keeps the newest checkpoint of an instance only', async () => {
      for (let sequence = 1; sequence <= 5; sequence++) await store.save(checkpointOf('a', sequence));
      await nowAndAfterReopening(async () => {
        expect(textOf((await store.load('a'))?.snapshot)).toBe('a at 5');
        expect((await store.load('a'))?.sequence).toBe(5);
        expect(await ids(allUnfinished(store))).toEqual(['a']);
      });
    });

    it('takes writes of one instance in the order of the calls, awaited or not', async () => {
      await Promise.all([
        store.save(checkpointOf('a', 1)),
        store.save(checkpointOf('b', 1)),
        store.save(checkpointOf('a', 2)),
        store.complete(outcomeOf('b', 1)),
        store.save(checkpointOf('a', 3)),
        store.complete(outcomeOf('c', 0, { requestId: 'r' })),
        store.save(checkpointOf('c', 1, { requestId: 'r' })),
        store.save(checkpointOf('d', 1)),
        store.complete(outcomeOf('d', 1)),
        store.save(checkpointOf('d', 2)),
      ]);
      await nowAndAfterReopening(async () => {
        expect((await store.load('a'))?.sequence).toBe(3);
        expect(await store.load('b')).toBeUndefined();
        expect((await store.load('c'))?.status).toBe('running');
        expect(textOf((await store.load('d'))?.snapshot)).toBe('d at 2');
        expect(await ids(allUnfinished(store))).toEqual(['a', 'c', 'd']);
        expect(await ids(store.list())).toEqual(['d', 'c', 'a']);
      });
    });

    it('has taken its own copy of the bytes when the promise resolves', async () => {
      const snapshot = bytesOf('as saved');
      await store.save(checkpointOf('a', 1, { snapshot }));
      snapshot.fill(0);
      const first = (await store.load('a'))?.snapshot;
      expect(textOf(first)).toBe('as saved');
      first?.fill(0);
      expect(textOf((await store.load('a'))?.snapshot)).toBe('as saved');
    });

    it('takes a view into a larger buffer', async () => {
      const large = bytesOf('before|the snapshot|after');
      await store.save(checkpointOf('a', 1, { snapshot: large.subarray(7, 19) }));
      expect(textOf((await store.load('a'))?.snapshot)).toBe('the snapshot');
    });

    it.each([0, 1, 100, 1023, 1024, 4000, 4096, 70_000, 3_000_000])(
      'keeps a snapshot of %i bytes',
      async (length) => {
        const snapshot = Uint8Array.from({ length }, (_, index) => (index * 7) % 251);
        await store.save(checkpointOf('a', 1, { snapshot }));
        await store.save(checkpointOf('b', 1));
        await nowAndAfterReopening(async () => {
          expect(Buffer.compare((await store.load('a'))?.snapshot ?? bytesOf('gone'), snapshot)).toBe(0);
          expect(textOf((await store.load('b'))?.snapshot)).toBe('b at 1');
        });
      },
    );

    it('lets a snapshot grow and shrink', async () => {
      for (const length of [10, 5000, 20, 100_000, 30, 0, 900]) {
        await store.save(
          checkpointOf('a', length + 1, { snapshot: new Uint8Array(length).fill(length % 256) }),
        );
        expect((await store.load('a'))?.snapshot?.length).toBe(length);
      }
      await nowAndAfterReopening(async () => {
        expect((await store.load('a'))?.snapshot).toEqual(new Uint8Array(900).fill(900 % 256));
      });
    });

    it('drops a completed instance that nobody can ask for again', async () => {
      await store.save(checkpointOf('a', 1));
      await store.complete(outcomeOf('a', 1));
      await nowAndAfterReopening(async () => {
        expect(await store.load('a')).toBeUndefined();
        expect(await allUnfinished(store)).toEqual([]);
        expect(await store.list()).toEqual([]);
      });
    });

    it('keeps the result of a completed instance under its request id, and not its checkpoint', async () => {
      await store.save(checkpointOf('a', 3, { requestId: 'r1' }));
      await store.complete(outcomeOf('a', 3, { requestId: 'r1', at: 5000 }));
      await nowAndAfterReopening(async () => {
        const found = await store.findRequest('payments', 'r1');
        expect(found).toMatchObject({
          id: 'a',
          status: 'completed',
          sequence: 3,
          createdAt: 1000,
          updatedAt: 5000,
        });
        expect(found?.snapshot).toBeUndefined();
        expect(textOf(found?.outcome)).toBe('outcome of a');
        expect(await store.load('a')).toEqual(found);
        expect(await allUnfinished(store)).toEqual([]);
      });
    });

    it('keeps the result of an instance that completed without a checkpoint', async () => {
      await store.complete(outcomeOf('a', 0, { requestId: 'r1' }));
      await store.complete(outcomeOf('b', 0));
      await nowAndAfterReopening(async () => {
        expect(await store.findRequest('payments', 'r1')).toMatchObject({
          id: 'a',
          status: 'completed',
          sequence: 0,
        });
        expect(await store.load('b')).toBeUndefined();
      });
    });

    it('finds an instance by script and request id, whatever its status', async () => {
      await store.save(checkpointOf('running', 1, { requestId: 'r1' }));
      await store.fail(outcomeOf('failed', 0, { requestId: 'r2' }));
      await store.complete(outcomeOf('completed', 0, { requestId: 'r3' }));
      await store.save(checkpointOf('elsewhere', 1, { requestId: 'r1', script: 'refunds' }));
      await nowAndAfterReopening(async () => {
        expect((await store.findRequest('payments', 'r1'))?.id).toBe('running');
        expect((await store.findRequest('payments', 'r2'))?.id).toBe('failed');
        expect((await store.findRequest('payments', 'r3'))?.id).toBe('completed');
        expect((await store.findRequest('refunds', 'r1'))?.id).toBe('elsewhere');
        expect(await store.findRequest('refunds', 'r2')).toBeUndefined();
        expect(await store.findRequest('payments', '')).toBeUndefined();
      });
    });

    it('gives the newest of several instances with one request id', async () => {
      await store.complete(outcomeOf('old', 0, { requestId: 'r', createdAt: 10 }));
      await store.save(checkpointOf('new', 1, { requestId: 'r', createdAt: 30 }));
      await store.save(checkpointOf('mid', 1, { requestId: 'r', createdAt: 20 }));
      await nowAndAfterReopening(async () => {
        expect((await store.findRequest('payments', 'r'))?.id).toBe('new');
      });
      await store.purge('new');
      expect((await store.findRequest('payments', 'r'))?.id).toBe('mid');
      await store.purge('mid');
      expect((await store.findRequest('payments', 'r'))?.id).toBe('old');
    });

    it('takes the empty text as a request id like any other', async () => {
      await store.complete(outcomeOf('a', 0, { requestId: '' }));
      await nowAndAfterReopening(async () => {
        expect((await store.findRequest('payments', ''))?.requestId).toBe('');
      });
    });

    it('keeps the last checkpoint of a failed instance, and the error', async () => {
      await store.save(checkpointOf('a', 2));
      await store.fail(outcomeOf('a', 2, { at: 7000 }));
      await nowAndAfterReopening(async () => {
        const failed = await store.load('a');
        expect(failed).toMatchObject({ status: 'failed', sequence: 2, updatedAt: 7000 });
        expect(textOf(failed?.snapshot)).toBe('a at 2');
        expect(textOf(failed?.outcome)).toBe('outcome of a');
        expect(await allUnfinished(store)).toEqual([]);
        expect(await ids(store.list({ status: 'failed' }))).toEqual(['a']);
      });
    });

    it('keeps it as well when saving and failing share a group', async () => {
      await Promise.all([
        store.save(checkpointOf('a', 1)),
        store.fail(outcomeOf('a', 1)),
        store.save(checkpointOf('b', 1)),
      ]);
      await nowAndAfterReopening(async () => {
        expect(textOf((await store.load('a'))?.snapshot)).toBe('a at 1');
        expect((await store.load('a'))?.status).toBe('failed');
      });
    });

    it('retries a failed instance from its last checkpoint', async () => {
      await store.save(checkpointOf('a', 2));
      await store.fail(outcomeOf('a', 2));
      expect(await store.retry('a', 9000)).toBe(true);
      await nowAndAfterReopening(async () => {
        const again = await store.load('a');
        expect(again).toMatchObject({ status: 'running', sequence: 2, updatedAt: 9000 });
        expect(textOf(again?.snapshot)).toBe('a at 2');
        expect(again?.outcome).toBeUndefined();
        expect(await ids(allUnfinished(store))).toEqual(['a']);
      });
    });

    it('retries nothing that is not failed or has no checkpoint', async () => {
      await store.save(checkpointOf('running', 1));
      await store.fail(outcomeOf('bare', 0));
      await store.complete(outcomeOf('completed', 0, { requestId: 'r' }));
      for (const id of ['running', 'bare', 'completed', 'unknown'])
        expect(await store.retry(id, 1)).toBe(false);
      expect((await store.load('bare'))?.status).toBe('failed');
    });

    it('purges every trace of an instance', async () => {
      await store.save(checkpointOf('running', 1, { requestId: 'r1' }));
      await store.fail(outcomeOf('failed', 0));
      await store.complete(outcomeOf('completed', 0, { requestId: 'r2' }));
      for (const id of ['running', 'failed', 'completed']) expect(await store.purge(id)).toBe(true);
      await nowAndAfterReopening(async () => {
        expect(await store.list()).toEqual([]);
        expect(await store.findRequest('payments', 'r1')).toBeUndefined();
        expect(await store.findRequest('payments', 'r2')).toBeUndefined();
        for (const id of ['running', 'unknown']) expect(await store.purge(id)).toBe(false);
      });
    });

    it('uses the place of an ended instance without mixing the two up', async () => {
      for (let round = 0; round < 5; round++) {
        const names = Array.from({ length: 20 }, (_, index) => `${round}-${index}`);
        await Promise.all(names.map((id) => store.save(checkpointOf(id, 1, { requestId: id }))));
        await Promise.all(
          names.map((id, index) =>
            index === 0 ? store.save(checkpointOf(id, 2)) : store.complete(outcomeOf(id, 1)),
          ),
        );
      }
      await nowAndAfterReopening(async () => {
        const left = await allUnfinished(store);
        expect(await ids(left)).toEqual(['0-0', '1-0', '2-0', '3-0', '4-0']);
        for (const { id, snapshot } of left) expect(textOf(snapshot)).toBe(`${id} at 2`);
        expect(await store.findRequest('payments', '3-7')).toBeUndefined();
      });
    });

    it('iterates over unfinished instances in pages, oldest first', async () => {
      const saves: Promise<void>[] = [];
      for (let index = 0; index < 1000; index++) {
        const id = `i${String(index).padStart(4, '0')}`;
        saves.push(store.save(checkpointOf(id, 1, { createdAt: 5000 - (index >> 1) })));
      }
      await Promise.all(saves);
      await nowAndAfterReopening(async () => {
        let pages = 0;
        const seen: StoredInstance[] = [];
        for await (const page of store.unfinished()) {
          pages++;
          expect(page.length).toBeGreaterThan(0);
          seen.push(...page);
        }
        expect(pages).toBeGreaterThan(1);
        expect(seen.length).toBe(1000);
        const sorted = seen.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
        expect(await ids(seen)).toEqual(await ids(sorted));
        for (const { id, snapshot } of seen) expect(textOf(snapshot)).toBe(`${id} at 1`);
      });
    });

    it('leaves out of an iteration under way what ended, and what began meanwhile', async () => {
      const names = Array.from({ length: 600 }, (_, index) => `i${index}`);
      await Promise.all(names.map((id, index) => store.save(checkpointOf(id, 1, { createdAt: index }))));
      const seen: string[] = [];
      for await (const page of store.unfinished()) {
        if (seen.length === 0) {
          await Promise.all([
            store.complete(outcomeOf('i599', 1)),
            store.fail(outcomeOf('i598', 1)),
            store.save(checkpointOf('begun meanwhile', 1, { createdAt: 9999 })),
            store.save(checkpointOf('i597', 2, { createdAt: 597 })),
          ]);
        }
        for (const { id, sequence } of page) seen.push(id === 'i597' ? `${id}/${sequence}` : id);
      }
      expect(seen).toEqual([...names.slice(0, 597), 'i597/2']);
    });

    it('lets a reader stop an iteration half-way', async () => {
      await Promise.all(Array.from({ length: 600 }, (_, index) => store.save(checkpointOf(`i${index}`, 1))));
      let count = 0;
      for await (const page of store.unfinished()) {
        count += page.length;
        break;
      }
      expect(count).toBeLessThan(600);
      expect((await allUnfinished(store)).length).toBe(600);
    });

    it('lists by status and script, newest first, up to a limit', async () => {
      for (let index = 0; index < 6; index++) {
        const change = { createdAt: 100 + index, script: index % 2 === 0 ? 'even' : 'odd' };
        if (index < 2) await store.save(checkpointOf(`i${index}`, 1, change));
        else if (index < 4) await store.fail(outcomeOf(`i${index}`, 0, change));
        else await store.complete(outcomeOf(`i${index}`, 0, { ...change, requestId: 'r' }));
      }
      await nowAndAfterReopening(async () => {
        expect(await ids(store.list())).toEqual(['i5', 'i4', 'i3', 'i2', 'i1', 'i0']);
        expect(await ids(store.list({ limit: 3 }))).toEqual(['i5', 'i4', 'i3']);
        expect(await ids(store.list({ status: 'running' }))).toEqual(['i1', 'i0']);
        expect(await ids(store.list({ status: 'failed', limit: 1 }))).toEqual(['i3']);
        expect(await ids(store.list({ status: 'completed' }))).toEqual(['i5', 'i4']);
        expect(await ids(store.list({ script: 'even' }))).toEqual(['i4', 'i2', 'i0']);
        expect(await ids(store.list({ script: 'odd', status: 'completed' }))).toEqual(['i5']);
        expect(await store.list({ script: 'neither' })).toEqual([]);
        expect(await store.list({ limit: 0 })).toEqual([]);
        expect((await store.list({ limit: Infinity })).length).toBe(6);
        expect((await store.list({ limit: 1 }))[0]).toEqual({
          id: 'i5',
          script: 'odd',
          requestId: 'r',
          codeHash: 'code-1',
          status: 'completed',
          sequence: 0,
          createdAt: 105,
          updatedAt: 2000,
        });
      });
    });

    it('lists a hundred unless told otherwise', async () => {
      await Promise.all(Array.from({ length: 130 }, (_, index) => store.save(checkpointOf(`i${index}`, 1))));
      expect((await store.list()).length).toBe(100);
      expect((await store.list({ limit: 1000 })).length).toBe(130);
    });

    it('expires results by the time of their end, and nothing else', async () => {
      await store.save(checkpointOf('running', 1, { at: 1 }));
      await store.fail(outcomeOf('failed', 0, { at: 1 }));
      const kept = { requestId: 'r', createdAt: 10 };
      await store.complete(outcomeOf('early', 0, { ...kept, at: 100 }));
      await store.complete(outcomeOf('exact', 0, { ...kept, at: 200 }));
      await store.complete(outcomeOf('late', 0, { ...kept, at: 300 }));
      expect(await store.expireResults(200)).toBe(1);
      expect(await store.expireResults(200)).toBe(0);
      await nowAndAfterReopening(async () => {
        const left = await ids(store.list());
        expect(left.toSorted()).toEqual(['exact', 'failed', 'late', 'running']);
      });
    });

    it('expires many results at once', async () => {
      const completions = Array.from({ length: 2500 }, (_, index) =>
        store.complete(outcomeOf(`i${index}`, 0, { requestId: `r${index}`, at: 2000 + index })),
      );
      await Promise.all(completions);
      expect(await store.expireResults(2000 + 2300)).toBe(2300);
      expect((await store.list({ limit: 10_000 })).length).toBe(200);
      expect(await store.findRequest('payments', 'r2299')).toBeUndefined();
      expect((await store.findRequest('payments', 'r2300'))?.id).toBe('i2300');
    });

    it('lets an instance run again that had completed', async () => {
      await store.complete(outcomeOf('a', 0, { requestId: 'r' }));
      await store.save(checkpointOf('a', 1, { requestId: 'r' }));
      await nowAndAfterReopening(async () => {
        expect((await store.load('a'))?.status).toBe('running');
        expect((await store.findRequest('payments', 'r'))?.status).toBe('running');
        expect(await ids(store.list())).toEqual(['a']);
      });
      await store.complete(outcomeOf('a', 1));
      await nowAndAfterReopening(async () => {
        expect(await store.load('a')).toBeUndefined();
        expect(await store.findRequest('payments', 'r')).toBeUndefined();
      });
    });

    it('stores code once per hash', async () => {
      await store.saveCode('h1', bytesOf('bundle one'));
      await store.saveCode('h1', bytesOf('something else'));
      await nowAndAfterReopening(async () => {
        expect(textOf(await store.loadCode('h1'))).toBe('bundle one');
        expect(await store.loadCode('h2')).toBeUndefined();
      });
    });

    it('drops code that no running or failed instance names', async () => {
      for (const hash of ['running', 'failed', 'completed', 'kept', 'unused'])
        await store.saveCode(hash, bytesOf(hash));
      await store.save(checkpointOf('a', 1, { codeHash: 'running' }));
      await store.fail(outcomeOf('b', 0, { codeHash: 'failed' }));
      await store.complete(outcomeOf('c', 0, { codeHash: 'completed', requestId: 'r' }));
      expect(await store.dropUnusedCode(new Set(['kept']))).toEqual(['completed', 'unused']);
      await nowAndAfterReopening(async () => {
        expect(textOf(await store.loadCode('running'))).toBe('running');
        expect(textOf(await store.loadCode('failed'))).toBe('failed');
        expect(textOf(await store.loadCode('kept'))).toBe('kept');
        expect(await store.loadCode('unused')).toBeUndefined();
        expect(await store.dropUnusedCode(new Set(['kept']))).toEqual([]);
      });
    });

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
      expect(await ids(store.list())).toEqual(['a']);
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
      expect(await ids(store.list())).toEqual(['a']);
    });
  });
}
