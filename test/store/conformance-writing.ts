import { expect, it } from 'vitest';
import type { StoredInstance } from '../../src/store/checkpoint-store.ts';
import type { StoreCase } from './conformance.ts';
import { allUnfinished, bytesOf, checkpointOf, idsOf, outcomeOf, textOf } from './writes.ts';

/** What becomes of an instance by saving, ending, retrying and purging it. */
export function describeWriting({ store, nowAndAfterReopening }: StoreCase): void {
  it('gives back exactly what was saved', async () => {
    const write = checkpointOf('a', 1, {
      script: 'äußerung/日本',
      requestId: 'request 🚀 1',
      codeHash: 'sha256-x',
      createdAt: 1_700_000_000_123.5,
      at: 1_700_000_000_456,
      snapshot: Uint8Array.from({ length: 3000 }, (_, index) => index % 256),
    });
    await store().save(write);
    await nowAndAfterReopening(async () => {
      const { snapshot, ...rest } = (await store().load('a')) as StoredInstance;
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

  it('changes code and snapshot together, of a running and of a failed instance, and nothing else', async () => {
    for (const hash of ['code-1', 'code-2']) await store().saveCode(hash, bytesOf(hash));
    await store().save(checkpointOf('a', 3, { requestId: 'r' }));
    await store().save(checkpointOf('b', 1));
    await store().fail(outcomeOf('b', 1));
    const before = [await store().load('a'), await store().load('b')];
    const snapshot = bytesOf('made over'.repeat(500));
    const codeHash = 'code-2';
    expect(
      await store().changeCode({ id: 'a', from: { codeHash: 'code-1', sequence: 3 }, codeHash, snapshot }),
    ).toBe(true);
    expect(
      await store().changeCode({ id: 'b', from: { codeHash: 'code-1', sequence: 1 }, codeHash, snapshot }),
    ).toBe(true);
    await nowAndAfterReopening(async () => {
      for (const [index, id] of ['a', 'b'].entries()) {
        const stored = (await store().load(id))!;
        expect({ ...stored, snapshot: textOf(stored.snapshot), outcome: textOf(stored.outcome) }).toEqual({
          ...before[index],
          codeHash,
          snapshot: textOf(snapshot),
          outcome: textOf(before[index]!.outcome),
        });
      }
      expect(await store().usedCode()).toEqual(['code-2']);
      expect((await store().findRequest('payments', 'r'))?.id).toBe('a');
    });
    expect(await store().dropUnusedCode(new Set())).toEqual(['code-1']);
  });

  it('refuses to change the code of an instance that has gone on, has ended, or has no such code to go to', async () => {
    await store().saveCode('code-2', bytesOf('code-2'));
    await store().save(checkpointOf('a', 2));
    await store().complete(outcomeOf('ended', 1, { requestId: 'r' }));
    await store().fail(outcomeOf('early', 0));
    const snapshot = bytesOf('made over');
    const from = { codeHash: 'code-1', sequence: 2 };
    const wrong = [
      { id: 'a', from: { codeHash: 'code-1', sequence: 1 }, codeHash: 'code-2', snapshot },
      { id: 'a', from: { codeHash: 'code-0', sequence: 2 }, codeHash: 'code-2', snapshot },
      { id: 'a', from, codeHash: 'not stored', snapshot },
      { id: 'ended', from: { codeHash: 'code-1', sequence: 1 }, codeHash: 'code-2', snapshot },
      { id: 'early', from: { codeHash: 'code-1', sequence: 0 }, codeHash: 'code-2', snapshot },
      { id: 'unknown', from, codeHash: 'code-2', snapshot },
    ];
    for (const change of wrong) expect(await store().changeCode(change)).toBe(false);
    await nowAndAfterReopening(async () => {
      expect(await store().load('a')).toMatchObject({ codeHash: 'code-1', sequence: 2 });
      expect(textOf((await store().load('a'))?.snapshot)).toBe('a at 2');
    });
  });

  it('keeps the newest checkpoint of an instance only', async () => {
    for (let sequence = 1; sequence <= 5; sequence++) await store().save(checkpointOf('a', sequence));
    await nowAndAfterReopening(async () => {
      expect(textOf((await store().load('a'))?.snapshot)).toBe('a at 5');
      expect((await store().load('a'))?.sequence).toBe(5);
      expect(await idsOf(allUnfinished(store()))).toEqual(['a']);
    });
  });

  it('takes writes of one instance in the order of the calls, awaited or not', async () => {
    await Promise.all([
      store().save(checkpointOf('a', 1)),
      store().save(checkpointOf('b', 1)),
      store().save(checkpointOf('a', 2)),
      store().complete(outcomeOf('b', 1)),
      store().save(checkpointOf('a', 3)),
      store().complete(outcomeOf('c', 0, { requestId: 'r' })),
      store().save(checkpointOf('c', 1, { requestId: 'r' })),
      store().save(checkpointOf('d', 1)),
      store().complete(outcomeOf('d', 1)),
      store().save(checkpointOf('d', 2)),
    ]);
    await nowAndAfterReopening(async () => {
      expect((await store().load('a'))?.sequence).toBe(3);
      expect(await store().load('b')).toBeUndefined();
      expect((await store().load('c'))?.status).toBe('running');
      expect(textOf((await store().load('d'))?.snapshot)).toBe('d at 2');
      expect(await idsOf(allUnfinished(store()))).toEqual(['a', 'c', 'd']);
      expect(await idsOf(store().list())).toEqual(['d', 'c', 'a']);
    });
  });

  it('has taken its own copy of the bytes when the promise resolves', async () => {
    const snapshot = bytesOf('as saved');
    await store().save(checkpointOf('a', 1, { snapshot }));
    snapshot.fill(0);
    const first = (await store().load('a'))?.snapshot;
    expect(textOf(first)).toBe('as saved');
    first?.fill(0);
    expect(textOf((await store().load('a'))?.snapshot)).toBe('as saved');
  });

  it('takes a view into a larger buffer', async () => {
    const large = bytesOf('before|the snapshot|after');
    await store().save(checkpointOf('a', 1, { snapshot: large.subarray(7, 19) }));
    expect(textOf((await store().load('a'))?.snapshot)).toBe('the snapshot');
  });

  it.each([0, 1, 100, 1023, 1024, 4000, 4096, 70_000, 3_000_000])(
    'keeps a snapshot of %i bytes',
    async (length) => {
      const snapshot = Uint8Array.from({ length }, (_, index) => (index * 7) % 251);
      await store().save(checkpointOf('a', 1, { snapshot }));
      await store().save(checkpointOf('b', 1));
      await nowAndAfterReopening(async () => {
        expect(Buffer.compare((await store().load('a'))?.snapshot ?? bytesOf('gone'), snapshot)).toBe(0);
        expect(textOf((await store().load('b'))?.snapshot)).toBe('b at 1');
      });
    },
  );

  it('lets a snapshot grow and shrink', async () => {
    for (const length of [10, 5000, 20, 100_000, 30, 0, 900]) {
      await store().save(
        checkpointOf('a', length + 1, { snapshot: new Uint8Array(length).fill(length % 256) }),
      );
      expect((await store().load('a'))?.snapshot?.length).toBe(length);
    }
    await nowAndAfterReopening(async () => {
      expect((await store().load('a'))?.snapshot).toEqual(new Uint8Array(900).fill(900 % 256));
    });
  });

  it('drops a completed instance that nobody can ask for again', async () => {
    await store().save(checkpointOf('a', 1));
    await store().complete(outcomeOf('a', 1));
    await nowAndAfterReopening(async () => {
      expect(await store().load('a')).toBeUndefined();
      expect(await allUnfinished(store())).toEqual([]);
      expect(await store().list()).toEqual([]);
    });
  });

  it('keeps the result of a completed instance under its request id, and not its checkpoint', async () => {
    await store().save(checkpointOf('a', 3, { requestId: 'r1' }));
    await store().complete(outcomeOf('a', 3, { requestId: 'r1', at: 5000 }));
    await nowAndAfterReopening(async () => {
      const found = await store().findRequest('payments', 'r1');
      expect(found).toMatchObject({
        id: 'a',
        status: 'completed',
        sequence: 3,
        createdAt: 1000,
        updatedAt: 5000,
      });
      expect(found?.snapshot).toBeUndefined();
      expect(textOf(found?.outcome)).toBe('outcome of a');
      expect(await store().load('a')).toEqual(found);
      expect(await allUnfinished(store())).toEqual([]);
    });
  });

  it('keeps the result of an instance that completed without a checkpoint', async () => {
    await store().complete(outcomeOf('a', 0, { requestId: 'r1' }));
    await store().complete(outcomeOf('b', 0));
    await nowAndAfterReopening(async () => {
      expect(await store().findRequest('payments', 'r1')).toMatchObject({
        id: 'a',
        status: 'completed',
        sequence: 0,
      });
      expect(await store().load('b')).toBeUndefined();
    });
  });

  it('keeps the last checkpoint of a failed instance, and the error', async () => {
    await store().save(checkpointOf('a', 2));
    await store().fail(outcomeOf('a', 2, { at: 7000 }));
    await nowAndAfterReopening(async () => {
      const failed = await store().load('a');
      expect(failed).toMatchObject({ status: 'failed', sequence: 2, updatedAt: 7000 });
      expect(textOf(failed?.snapshot)).toBe('a at 2');
      expect(textOf(failed?.outcome)).toBe('outcome of a');
      expect(await allUnfinished(store())).toEqual([]);
      expect(await idsOf(store().list({ status: 'failed' }))).toEqual(['a']);
    });
  });

  it('keeps it as well when saving and failing share a group', async () => {
    await Promise.all([
      store().save(checkpointOf('a', 1)),
      store().fail(outcomeOf('a', 1)),
      store().save(checkpointOf('b', 1)),
    ]);
    await nowAndAfterReopening(async () => {
      expect(textOf((await store().load('a'))?.snapshot)).toBe('a at 1');
      expect((await store().load('a'))?.status).toBe('failed');
    });
  });

  it('retries a failed instance from its last checkpoint', async () => {
    await store().save(checkpointOf('a', 2));
    await store().fail(outcomeOf('a', 2));
    expect(await store().retry('a', 9000)).toBe(true);
    await nowAndAfterReopening(async () => {
      const again = await store().load('a');
      expect(again).toMatchObject({ status: 'running', sequence: 2, updatedAt: 9000 });
      expect(textOf(again?.snapshot)).toBe('a at 2');
      expect(again?.outcome).toBeUndefined();
      expect(await idsOf(allUnfinished(store()))).toEqual(['a']);
    });
  });

  it('retries nothing that is not failed or has no checkpoint', async () => {
    await store().save(checkpointOf('running', 1));
    await store().fail(outcomeOf('bare', 0));
    await store().complete(outcomeOf('completed', 0, { requestId: 'r' }));
    for (const id of ['running', 'bare', 'completed', 'unknown'])
      expect(await store().retry(id, 1)).toBe(false);
    expect((await store().load('bare'))?.status).toBe('failed');
  });

  it('purges every trace of an instance', async () => {
    await store().save(checkpointOf('running', 1, { requestId: 'r1' }));
    await store().fail(outcomeOf('failed', 0));
    await store().complete(outcomeOf('completed', 0, { requestId: 'r2' }));
    for (const id of ['running', 'failed', 'completed']) expect(await store().purge(id)).toBe(true);
    await nowAndAfterReopening(async () => {
      expect(await store().list()).toEqual([]);
      expect(await store().findRequest('payments', 'r1')).toBeUndefined();
      expect(await store().findRequest('payments', 'r2')).toBeUndefined();
      for (const id of ['running', 'unknown']) expect(await store().purge(id)).toBe(false);
    });
  });

  it('uses the place of an ended instance without mixing the two up', async () => {
    for (let round = 0; round < 5; round++) {
      const names = Array.from({ length: 20 }, (_, index) => `${round}-${index}`);
      await Promise.all(names.map((id) => store().save(checkpointOf(id, 1, { requestId: id }))));
      await Promise.all(
        names.map((id, index) =>
          index === 0 ? store().save(checkpointOf(id, 2)) : store().complete(outcomeOf(id, 1)),
        ),
      );
    }
    await nowAndAfterReopening(async () => {
      const left = await allUnfinished(store());
      expect(await idsOf(left)).toEqual(['0-0', '1-0', '2-0', '3-0', '4-0']);
      for (const { id, snapshot } of left) expect(textOf(snapshot)).toBe(`${id} at 2`);
      expect(await store().findRequest('payments', '3-7')).toBeUndefined();
    });
  });
}
