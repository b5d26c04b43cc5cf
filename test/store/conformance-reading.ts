import { expect, it } from 'vitest';
import type { StoredInstance } from '../../src/store/checkpoint-store.ts';
import type { StoreCase } from './conformance.ts';
import { allUnfinished, bytesOf, checkpointOf, idsOf, outcomeOf, textOf } from './writes.ts';

/** How instances and code are found, listed, iterated over and expired. */
export function describeReading({ store, nowAndAfterReopening }: StoreCase): void {
  it('finds an instance by script and request id, whatever its status', async () => {
    await store().save(checkpointOf('running', 1, { requestId: 'r1' }));
    await store().fail(outcomeOf('failed', 0, { requestId: 'r2' }));
    await store().complete(outcomeOf('completed', 0, { requestId: 'r3' }));
    await store().save(checkpointOf('elsewhere', 1, { requestId: 'r1', script: 'refunds' }));
    await nowAndAfterReopening(async () => {
      expect((await store().findRequest('payments', 'r1'))?.id).toBe('running');
      expect((await store().findRequest('payments', 'r2'))?.id).toBe('failed');
      expect((await store().findRequest('payments', 'r3'))?.id).toBe('completed');
      expect((await store().findRequest('refunds', 'r1'))?.id).toBe('elsewhere');
      expect(await store().findRequest('refunds', 'r2')).toBeUndefined();
      expect(await store().findRequest('payments', '')).toBeUndefined();
    });
  });

  it('never lacks a request that an instance has, from the call of the write on', async () => {
    const asked = ['r1', 'r2', 'r3'];
    const lacking = (): string[] => asked.filter((request) => store().lacksRequest('payments', request));
    await expect.poll(() => lacking(), { timeout: 240_000 }).toEqual(asked);
    const writes = [
      store().save(checkpointOf('running', 1, { requestId: 'r1' })),
      store().fail(outcomeOf('failed', 0, { requestId: 'r2' })),
      store().complete(outcomeOf('completed', 0, { requestId: 'r3' })),
    ];
    expect(lacking()).toEqual([]);
    await Promise.all(writes);
    await nowAndAfterReopening(async () => {
      expect(lacking()).toEqual([]);
      await expect.poll(() => store().lacksRequest('refunds', 'r1'), { timeout: 240_000 }).toBe(true);
      expect(lacking()).toEqual([]);
    });
  });

  it('gives the newest of several instances with one request id', async () => {
    await store().complete(outcomeOf('old', 0, { requestId: 'r', createdAt: 10 }));
    await store().save(checkpointOf('new', 1, { requestId: 'r', createdAt: 30 }));
    await store().save(checkpointOf('mid', 1, { requestId: 'r', createdAt: 20 }));
    await nowAndAfterReopening(async () => {
      expect((await store().findRequest('payments', 'r'))?.id).toBe('new');
    });
    await store().purge('new');
    expect((await store().findRequest('payments', 'r'))?.id).toBe('mid');
    await store().purge('mid');
    expect((await store().findRequest('payments', 'r'))?.id).toBe('old');
  });

  it('takes the empty text as a request id like any other', async () => {
    await store().complete(outcomeOf('a', 0, { requestId: '' }));
    await nowAndAfterReopening(async () => {
      expect((await store().findRequest('payments', ''))?.requestId).toBe('');
    });
  });

  it('iterates over unfinished instances in pages, oldest first', async () => {
    const saves: Promise<void>[] = [];
    for (let index = 0; index < 1000; index++) {
      const id = `i${String(index).padStart(4, '0')}`;
      saves.push(store().save(checkpointOf(id, 1, { createdAt: 5000 - (index >> 1) })));
    }
    await Promise.all(saves);
    await nowAndAfterReopening(async () => {
      let pages = 0;
      const seen: StoredInstance[] = [];
      for await (const page of store().unfinished()) {
        pages++;
        expect(page.length).toBeGreaterThan(0);
        seen.push(...page);
      }
      expect(pages).toBeGreaterThan(1);
      expect(seen.length).toBe(1000);
      const sorted = seen.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      expect(await idsOf(seen)).toEqual(await idsOf(sorted));
      for (const { id, snapshot } of seen) expect(textOf(snapshot)).toBe(`${id} at 1`);
    });
  });

  it('leaves out of an iteration under way what ended, and what began meanwhile', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `i${index}`);
    await Promise.all(names.map((id, index) => store().save(checkpointOf(id, 1, { createdAt: index }))));
    const seen: string[] = [];
    for await (const page of store().unfinished()) {
      if (seen.length === 0) {
        await Promise.all([
          store().complete(outcomeOf('i599', 1)),
          store().fail(outcomeOf('i598', 1)),
          store().save(checkpointOf('begun meanwhile', 1, { createdAt: 9999 })),
          store().save(checkpointOf('i597', 2, { createdAt: 597 })),
        ]);
      }
      for (const { id, sequence } of page) seen.push(id === 'i597' ? `${id}/${sequence}` : id);
    }
    expect(seen).toEqual([...names.slice(0, 597), 'i597/2']);
  });

  it('gives all instances in pages by their ids, whatever their status, and goes on where others come and go', async () => {
    const names = Array.from({ length: 700 }, (_, index) => `i${String(index * 7).padStart(4, '0')}`);
    const mixed = names.toSorted((a, b) => (a.slice(-1) + a < b.slice(-1) + b ? -1 : 1));
    await Promise.all(
      mixed.map((id, index) => store().save(checkpointOf(id, 3, { createdAt: 9000 - index }))),
    );
    await Promise.all(names.slice(0, 300).map((id) => store().fail(outcomeOf(id, 3))));
    const ended = names.slice(250, 600);
    await Promise.all(ended.map((id) => store().complete(outcomeOf(id, 3, { requestId: id }))));
    const statusOf = (id: string): string => {
      const index = names.indexOf(id);
      return index < 250 ? 'failed' : index < 600 ? 'completed' : 'running';
    };
    await nowAndAfterReopening(async () => {
      const seen: string[] = [];
      for (let after = ''; ;) {
        const page = await store().page(after, 64);
        for (const look of page) {
          expect(look).toMatchObject({ status: statusOf(look.id), sequence: 3, damaged: undefined });
          expect(look).not.toHaveProperty('snapshot');
          seen.push(look.id);
        }
        if (page.length < 64) break;
        after = page.at(-1)!.id;
      }
      expect(seen).toEqual(names);
    });
    const first = await store().page('', 5);
    await Promise.all([store().purge(names[5]!), store().save(checkpointOf('i0036', 1))]);
    const next = await store().page(first.at(-1)!.id, 2);
    expect(next.map(({ id }) => id)).toEqual(['i0036', names[6]]);
    expect(await store().page('', 0)).toEqual([]);
    expect(await store().page('zzz', 10)).toEqual([]);
  });

  it('lets a reader stop an iteration half-way', async () => {
    await Promise.all(Array.from({ length: 600 }, (_, index) => store().save(checkpointOf(`i${index}`, 1))));
    let count = 0;
    for await (const page of store().unfinished()) {
      count += page.length;
      break;
    }
    expect(count).toBeLessThan(600);
    expect((await allUnfinished(store())).length).toBe(600);
  });

  it('lists by status and script, newest first, up to a limit', async () => {
    for (let index = 0; index < 6; index++) {
      const change = { createdAt: 100 + index, script: index % 2 === 0 ? 'even' : 'odd' };
      if (index < 2) await store().save(checkpointOf(`i${index}`, 1, change));
      else if (index < 4) await store().fail(outcomeOf(`i${index}`, 0, change));
      else await store().complete(outcomeOf(`i${index}`, 0, { ...change, requestId: 'r' }));
    }
    await nowAndAfterReopening(async () => {
      expect(await idsOf(store().list())).toEqual(['i5', 'i4', 'i3', 'i2', 'i1', 'i0']);
      expect(await idsOf(store().list({ limit: 3 }))).toEqual(['i5', 'i4', 'i3']);
      expect(await idsOf(store().list({ status: 'running' }))).toEqual(['i1', 'i0']);
      expect(await idsOf(store().list({ status: 'failed', limit: 1 }))).toEqual(['i3']);
      expect(await idsOf(store().list({ status: 'completed' }))).toEqual(['i5', 'i4']);
      expect(await idsOf(store().list({ script: 'even' }))).toEqual(['i4', 'i2', 'i0']);
      expect(await idsOf(store().list({ script: 'odd', status: 'completed' }))).toEqual(['i5']);
      expect(await store().list({ script: 'neither' })).toEqual([]);
      expect(await store().list({ limit: 0 })).toEqual([]);
      expect((await store().list({ limit: Infinity })).length).toBe(6);
      expect((await store().list({ limit: 1 }))[0]).toEqual({
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
    await Promise.all(Array.from({ length: 130 }, (_, index) => store().save(checkpointOf(`i${index}`, 1))));
    expect((await store().list()).length).toBe(100);
    expect((await store().list({ limit: 1000 })).length).toBe(130);
  });

  it('gives what ended within a time before the last end, with outcomes, the last first', async () => {
    const kept = { requestId: 'r' };
    expect(await store().recentlyEnded(1000, 10)).toEqual([]);
    await store().complete(outcomeOf('early', 0, { ...kept, at: 2000, createdAt: 1900 }));
    await store().fail(outcomeOf('failed early', 0, { at: 2001 }));
    await store().complete(outcomeOf('a', 0, { ...kept, at: 3000 }));
    await store().save(checkpointOf('failed', 1));
    await store().fail(outcomeOf('failed', 1, { at: 3400 }));
    await store().complete(outcomeOf('unkept', 0, { at: 3900 }));
    await store().complete(outcomeOf('b', 0, { ...kept, at: 4000 }));
    await store().complete(outcomeOf('c', 0, { ...kept, at: 4000 }));
    await store().save(checkpointOf('running', 1, { at: 9000 }));
    await nowAndAfterReopening(async () => {
      expect(await idsOf(store().recentlyEnded(1000, 10))).toEqual(['c', 'b', 'failed', 'a']);
      expect(await idsOf(store().recentlyEnded(999, 10))).toEqual(['c', 'b', 'failed']);
      expect(await idsOf(store().recentlyEnded(1000, 2))).toEqual(['c', 'b']);
      const all = ['c', 'b', 'failed', 'a', 'failed early', 'early'];
      expect(await idsOf(store().recentlyEnded(Infinity, Infinity))).toEqual(all);
      expect(await store().recentlyEnded(1000, 0)).toEqual([]);
      const [last, , failed] = await store().recentlyEnded(1000, 3);
      expect(last).toMatchObject({
        status: 'completed',
        requestId: 'r',
        updatedAt: 4000,
        snapshot: undefined,
      });
      expect(textOf(last?.outcome)).toBe('outcome of c');
      expect(failed?.status).toBe('failed');
      expect(textOf(failed?.outcome)).toBe('outcome of failed');
    });
  });

  it('expires results by the time of their end, and nothing else', async () => {
    await store().save(checkpointOf('running', 1, { at: 1 }));
    await store().fail(outcomeOf('failed', 0, { at: 1 }));
    const kept = { requestId: 'r', createdAt: 10 };
    await store().complete(outcomeOf('early', 0, { ...kept, at: 100 }));
    await store().complete(outcomeOf('exact', 0, { ...kept, at: 200 }));
    await store().complete(outcomeOf('late', 0, { ...kept, at: 300 }));
    expect(await store().expireResults(200)).toBe(1);
    expect(await store().expireResults(200)).toBe(0);
    await nowAndAfterReopening(async () => {
      const left = await idsOf(store().list());
      expect(left.toSorted()).toEqual(['exact', 'failed', 'late', 'running']);
    });
  });

  it('expires many results at once', async () => {
    const completions = Array.from({ length: 2500 }, (_, index) =>
      store().complete(outcomeOf(`i${index}`, 0, { requestId: `r${index}`, at: 2000 + index })),
    );
    await Promise.all(completions);
    expect(await store().expireResults(2000 + 2300)).toBe(2300);
    expect((await store().list({ limit: 10_000 })).length).toBe(200);
    expect(await store().findRequest('payments', 'r2299')).toBeUndefined();
    expect((await store().findRequest('payments', 'r2300'))?.id).toBe('i2300');
  });

  it('lets an instance run again that had completed', async () => {
    await store().complete(outcomeOf('a', 0, { requestId: 'r' }));
    await store().save(checkpointOf('a', 1, { requestId: 'r' }));
    await nowAndAfterReopening(async () => {
      expect((await store().load('a'))?.status).toBe('running');
      expect((await store().findRequest('payments', 'r'))?.status).toBe('running');
      expect(await idsOf(store().list())).toEqual(['a']);
    });
    await store().complete(outcomeOf('a', 1));
    await nowAndAfterReopening(async () => {
      expect(await store().load('a')).toBeUndefined();
      expect(await store().findRequest('payments', 'r')).toBeUndefined();
    });
  });

  it('stores code once per hash', async () => {
    await store().saveCode('h1', bytesOf('bundle one'));
    await store().saveCode('h1', bytesOf('something else'));
    await nowAndAfterReopening(async () => {
      expect(textOf(await store().loadCode('h1'))).toBe('bundle one');
      expect(await store().loadCode('h2')).toBeUndefined();
    });
  });

  it('drops code that no running or failed instance names', async () => {
    for (const hash of ['running', 'failed', 'completed', 'kept', 'unused'])
      await store().saveCode(hash, bytesOf(hash));
    await store().save(checkpointOf('a', 1, { codeHash: 'running' }));
    await store().fail(outcomeOf('b', 0, { codeHash: 'failed' }));
    await store().complete(outcomeOf('c', 0, { codeHash: 'completed', requestId: 'r' }));
    expect(await store().dropUnusedCode(new Set(['kept']))).toEqual(['completed', 'unused']);
    await nowAndAfterReopening(async () => {
      expect(textOf(await store().loadCode('running'))).toBe('running');
      expect(textOf(await store().loadCode('failed'))).toBe('failed');
      expect(textOf(await store().loadCode('kept'))).toBe('kept');
      expect(await store().loadCode('unused')).toBeUndefined();
      expect(await store().usedCode()).toEqual(['failed', 'running']);
      expect(await store().dropUnusedCode(new Set(['kept']))).toEqual([]);
    });
  });
}
