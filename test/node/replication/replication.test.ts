import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { CheckpointWrite, OutcomeWrite } from '../../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../../src/store/memory/memory-store.ts';
import { until } from '../node-under-test.ts';
import { contentOf, Pair } from './pair.ts';

let pair: Pair;
afterEach(() => pair.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const head = (id: string, sequence: number, requestId?: string) => {
  return { id, script: 'pay', requestId, codeHash: 'h1', sequence, createdAt: 1000, at: 1000 + sequence };
};
const save = (
  id: string,
  sequence: number,
  text = `${id}@${sequence}`,
  requestId?: string,
): CheckpointWrite => ({
  ...head(id, sequence, requestId),
  snapshot: bytes(text),
});
const outcome = (id: string, sequence: number, requestId?: string): OutcomeWrite => ({
  ...head(id, sequence, requestId),
  outcome: bytes(`${id} ended`),
});

async function started(limits: ConstructorParameters<typeof Pair>[0] = {}): Promise<Pair> {
  pair = new Pair(limits);
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  return pair;
}

/** The copies are what the store holds, to the byte. */
async function expectSame(): Promise<void> {
  expect(await contentOf(pair.homes.get('a')!.store)).toEqual(await contentOf(pair.store));
}

test('a checkpoint resolves when the peer has it', async () => {
  const { replicated, homes, sender } = await started();
  await replicated.saveCode('h1', bytes('code'));
  await Promise.all(Array.from({ length: 2000 }, (_, index) => replicated.save(save(`i${index}`, 1))));
  await expectSame();
  expect(await homes.get('a')!.store.loadCode('h1')).toEqual(bytes('code'));
  await replicated.save(save('i0', 2, 'x'.repeat(3_000_000)));
  await replicated.complete(outcome('i1', 1));
  await replicated.complete(outcome('i2', 1, 'r2'));
  await replicated.fail(outcome('i3', 1));
  await replicated.purge('i4');
  await replicated.fail(outcome('i5', 1));
  expect(await replicated.retry('i5', 5000)).toBe(true);
  await expectSame();
  expect(sender.status).toMatchObject({ state: 'in-step', waiting: 0, waitingBytes: 0, lagMs: 0 });
  expect(await replicated.expireResults(1e9)).toBe(1);
  await expectSame();
  expect(pair.errors).toEqual([]);
});

test('asynchronous: a checkpoint does not wait, and the peer has it a little later', async () => {
  pair = new Pair();
  await pair.startPeer();
  await pair.startNode('async');
  await pair.inStep();
  await Promise.all(Array.from({ length: 100 }, (_, index) => pair.replicated.save(save(`i${index}`, 1))));
  expect((await pair.homes.get('a')!.store.list({ limit: 1e6 })).length).toBeLessThan(100);
  while ((await pair.homes.get('a')!.store.list({ limit: 1e6 })).length < 100)
    await new Promise(setImmediate);
  await expectSame();
});

test('without a peer the node goes on alone, says why, and catches up when it comes', async () => {
  pair = new Pair();
  await pair.startNode();
  expect(pair.sender.status).toMatchObject({
    state: 'alone',
    reason: expect.stringContaining('Nobody subscribes'),
  });
  await pair.replicated.saveCode('h1', bytes('code'));
  await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      pair.replicated.save(save(`i${index}`, 1, undefined, `r${index}`)),
    ),
  );
  await pair.replicated.complete(outcome('i0', 1, 'r0'));
  await pair.replicated.fail(outcome('i1', 1, 'r1'));
  await pair.startPeer();
  await pair.inStep();
  await expectSame();
  expect(await pair.homes.get('a')!.store.loadCode('h1')).toEqual(bytes('code'));
  expect(pair.errors).toEqual([]);
});

test('a peer that is cut off is left alone after the limit; only what changed is sent when it is back', async () => {
  const { network, replicated, sender, states } = await started();
  await Promise.all(Array.from({ length: 300 }, (_, index) => replicated.save(save(`i${index}`, 1))));
  network.mode = 'silent';
  const saved = Promise.all([replicated.save(save('i1', 2)), replicated.complete(outcome('i2', 1))]);
  await until(() => network.unanswered > 0);
  expect(sender.status).toMatchObject({ state: 'in-step', waiting: 2 });
  network.mode = 'cut';
  network.timesOut();
  await saved;
  expect(sender.status).toMatchObject({ state: 'alone', reason: 'no answer in time' });
  await replicated.save(save('new', 1));
  network.mode = 'good';
  const store = pair.homes.get('a')!.store;
  let loads = 0;
  const digest = store.list.bind(store);
  store.list = (filter) => {
    loads++;
    return digest(filter);
  };
  await pair.inStep();
  await expectSame();
  expect(loads).toBeLessThan(4);
  expect(states.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1])).toEqual([
    'catching-up',
    'in-step',
    'alone',
    'catching-up',
    'in-step',
  ]);
});

test('a peer that lost its disk gets everything again', async () => {
  const { replicated } = await started();
  await replicated.saveCode('h1', bytes('code'));
  await Promise.all(Array.from({ length: 300 }, (_, index) => replicated.save(save(`i${index}`, 1))));
  await pair.stopPeer();
  pair.homes.clear();
  await replicated.save(save('i0', 2));
  await pair.startPeer();
  await pair.inStep();
  await expectSame();
  expect(await pair.homes.get('a')!.store.loadCode('h1')).toEqual(bytes('code'));
});

test('a restarted node compares with its peer: what ended meanwhile is removed there, what is new is sent', async () => {
  await started();
  await Promise.all(Array.from({ length: 50 }, (_, index) => pair.replicated.save(save(`i${index}`, 1))));
  await pair.killNode();
  await pair.store.complete(outcome('i0', 1));
  await pair.store.save(save('i1', 2));
  await pair.store.save(save('new', 1));
  await pair.startNode();
  await pair.inStep();
  await expectSame();
  expect(pair.tookBack).toEqual([]);
});

test('a node whose disk is new gets its instances, failures, results and code back from the peer', async () => {
  await started();
  const { replicated } = pair;
  await replicated.saveCode('h1', bytes('code'));
  await Promise.all(
    Array.from({ length: 150 }, (_, index) => replicated.save(save(`i${index}`, 1, undefined, `r${index}`))),
  );
  await replicated.complete(outcome('i0', 1, 'r0'));
  await replicated.fail(outcome('i1', 1, 'r1'));
  await replicated.save(save('large', 1, 'x'.repeat(2_500_000)));
  const before = await contentOf(pair.store);
  await pair.killNode();
  pair.store = new MemoryStore();
  pair.storeId = 'disk-2';
  await pair.startNode();
  // Meanwhile it serves: these must survive too.
  await pair.replicated.save(save('early', 1));
  await pair.inStep();
  expect(pair.tookBack.map(({ id }) => id).toSorted()).toEqual([...before.keys()].toSorted());
  expect(await pair.store.loadCode('h1')).toEqual(bytes('code'));
  const after = await contentOf(pair.store);
  after.delete('early');
  expect(after).toEqual(before);
  await expectSame();
  expect(pair.homes.get('a')!.label.store).toBe('disk-2');
});

test('a new disk gets running instances back first, then results, and writes many at once', async () => {
  await started();
  const { replicated } = pair;
  // In the order of the ids those that run are the last.
  const results = Array.from({ length: 200 }, (_, index) => `a${index}`);
  const running = Array.from({ length: 70 }, (_, index) => `z${index}`);
  await Promise.all(results.map((id) => replicated.complete(outcome(id, 1, `r${id}`))));
  await Promise.all(running.map((id) => replicated.save(save(id, 1))));
  await pair.killNode();
  const store = new MemoryStore();
  let [underWay, most] = [0, 0];
  const counted =
    <Write>(write: (given: Write) => Promise<void>) =>
    async (given: Write): Promise<void> => {
      most = Math.max(most, ++underWay);
      await write(given);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
    };
  store.save = counted(store.save.bind(store));
  store.complete = counted(store.complete.bind(store));
  pair.store = store;
  pair.storeId = 'disk-2';
  await pair.startNode();
  await pair.inStep();
  const order = pair.tookBack.map(({ id }) => id);
  expect(order.slice(0, running.length).toSorted()).toEqual(running.toSorted());
  expect(order.slice(running.length).toSorted()).toEqual(results.toSorted());
  expect(most).toBe(64);
  await expectSame();
});

test('a node whose disk was set back to an older state gets back what it forgot', async () => {
  await started();
  await Promise.all([1, 2, 3].map((number) => pair.replicated.save(save(`i${number}`, 1))));
  const old = new MemoryStore();
  for await (const page of pair.store.unfinished())
    for (const instance of page)
      await old.save({ ...instance, at: instance.updatedAt, snapshot: instance.snapshot! });
  await pair.replicated.save(save('i1', 2));
  await pair.replicated.save(save('i4', 1));
  await pair.killNode();
  pair.store = old;
  await pair.startNode();
  await pair.inStep();
  expect(pair.tookBack.map(({ id }) => id).toSorted()).toEqual(['i1', 'i4']);
  expect((await pair.store.load('i1'))!.sequence).toBe(2);
  await expectSame();
});

test('a peer that is killed with a batch in its hands is left alone at once, not after the limit', async () => {
  const { network, replicated, sender, states } = await started();
  network.mode = 'silent';
  const saved = replicated.save(save('i1', 1));
  await until(() => network.unanswered > 0);
  expect(sender.status).toMatchObject({ state: 'in-step', waiting: 1 });
  network.mode = 'cut';
  await saved;
  expect(sender.status).toMatchObject({ state: 'alone', reason: expect.stringContaining('Nobody') });
  network.mode = 'good';
  await pair.inStep();
  await expectSame();
  expect(states.filter(({ state }) => state === 'alone')).toHaveLength(1);
});

test('what waits for a slow peer is bounded: beyond it the node goes on alone', async () => {
  const { network, replicated, sender } = await started({ maxWaitingBytes: 100_000 });
  network.mode = 'cut';
  const writes = Array.from({ length: 300 }, (_, index) =>
    replicated.save(save(`i${index}`, 1, 'x'.repeat(1000))),
  );
  await Promise.all(writes);
  expect(sender.status).toMatchObject({ state: 'alone', reason: expect.stringContaining('bytes wait') });
});

test('a node that was taken over is told so, and sends nothing more', async () => {
  const { replicated, receiver } = await started();
  await replicated.save(save('i1', 1));
  const home = await receiver!.seal('a', 777);
  await replicated.save(save('i1', 2));
  await until(() => pair.sender.status.state === 'taken-over');
  expect(pair.sender.status.reason).toContain('node b');
  expect((await home.store.load('i1'))!.sequence).toBe(1);
  await pair.killNode();
  await pair.startNode();
  expect(pair.sender.status.state).toBe('taken-over');
});

test('a damaged message ends the session, and the next one repairs it', async () => {
  const { network, replicated } = await started();
  await replicated.save(save('i1', 1));
  network.damageNext = true;
  await replicated.save(save('i2', 1));
  expect(pair.errors).toMatchObject([{ message: expect.stringContaining('checksum') }]);
  await pair.inStep();
  await expectSame();
});

test('two versions of the protocol: the newer node speaks the older version; with none in common both say why, and go on', async () => {
  pair = new Pair();
  pair.nodeSpeaks = { oldest: 1, newest: 3, features: [] };
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  await pair.replicated.save(save('i1', 1));
  await expectSame();
  await pair.killNode();
  pair.nodeSpeaks = { oldest: 2, newest: 3, features: [] };
  await pair.startNode();
  const why = 'node b speaks the replication protocol in version 1; this node speaks versions 2 to 3';
  expect(pair.sender.status).toMatchObject({ state: 'alone', reason: why });
  await pair.replicated.save(save('i2', 1));
  expect(pair.errors).toMatchObject([{ code: 'WM7017', message: expect.stringContaining(why) }]);
  // The peer is updated.
  await pair.stopPeer();
  pair.peerSpeaks = { oldest: 1, newest: 2, features: [] };
  await pair.startPeer();
  await pair.inStep();
  await expectSame();
});

test('whoever does not say which version it speaks is refused with a reason', async () => {
  pair = new Pair();
  const receiver = await pair.startPeer();
  const reply = await pair.greetWithout({ node: 'a', store: 'disk', session: '00' });
  expect(reply).toMatchObject({
    ok: false,
    reason: expect.stringContaining('does not say which version'),
    speaks: { oldest: 1 },
  });
  expect((await receiver.label('a')).store).toBeUndefined();
});

test('comparing keeps no more than pages of either side in memory, however many instances there are', async () => {
  pair = new Pair();
  const fill = async (store: MemoryStore, from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number++)
      await store.save(save(`i${String(number).padStart(6, '0')}`, 1));
  };
  await fill(pair.store, 0, 12_000);
  await pair.startPeer();
  const asked: number[] = [];
  for (const store of [pair.store, await pair.copiesStore()]) {
    const page = store.page.bind(store);
    store.page = (after, limit) => (asked.push(limit), page(after, limit));
    store.list = () => Promise.reject(new Error('all at once'));
  }
  await pair.startNode();
  await pair.inStep();
  expect(Math.max(...asked)).toBeLessThanOrEqual(4000);
  expect(asked.length).toBeGreaterThanOrEqual(14);
  let count = 0;
  for await (const page of (await pair.copiesStore()).unfinished()) count += page.length;
  expect(count).toBe(12_000);
});

type Step =
  | {
      readonly do: 'save' | 'complete' | 'fail' | 'retry' | 'purge';
      readonly id: number;
      readonly keep: boolean;
    }
  | { readonly do: 'network'; readonly mode: 'good' | 'lossy' | 'cut' }
  | { readonly do: 'restart-peer' | 'wipe-peer' | 'restart-node' | 'pause' };

test('whatever happens to the network and the peer, the copies end up the same (property)', async () => {
  const work = fc.record({
    do: fc.constantFrom(
      'save' as const,
      'save' as const,
      'save' as const,
      'complete' as const,
      'fail' as const,
      'retry' as const,
      'purge' as const,
    ),
    id: fc.nat(12),
    keep: fc.boolean(),
  });
  const trouble = fc.oneof(
    fc.record({
      do: fc.constant('network' as const),
      mode: fc.constantFrom('good' as const, 'lossy' as const, 'cut' as const),
    }),
    fc.record({
      do: fc.constantFrom(
        'restart-peer' as const,
        'wipe-peer' as const,
        'restart-node' as const,
        'pause' as const,
      ),
    }),
  );
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: work }, { weight: 1, arbitrary: trouble }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (list: Step[]) => {
      const current = (pair = new Pair({ limitMs: 20 }));
      await current.startPeer();
      await current.startNode();
      await current.inStep();
      const sequences = new Map<string, number>();
      const writes: Promise<unknown>[] = [];
      for (const step of list) {
        const { replicated } = current;
        if (step.do === 'network') current.network.mode = step.mode;
        else if (step.do === 'pause') await new Promise((resolve) => setTimeout(resolve, 5));
        else if (step.do === 'restart-node') {
          await Promise.all(writes.splice(0));
          await current.killNode();
          await current.startNode();
        } else if (!('id' in step)) {
          await current.stopPeer();
          if (step.do === 'wipe-peer') current.homes.clear();
          await current.startPeer();
        } else {
          const id = `i${step.id}`;
          const request = step.keep ? `r${step.id}` : undefined;
          const sequence = (sequences.get(id) ?? 0) + 1;
          sequences.set(id, sequence);
          if (step.do === 'save')
            writes.push(replicated.save(save(id, sequence, `${id}@${sequence}`, request)));
          else if (step.do === 'complete') writes.push(replicated.complete(outcome(id, sequence, request)));
          else if (step.do === 'fail') writes.push(replicated.fail(outcome(id, sequence, request)));
          else if (step.do === 'retry') writes.push(replicated.retry(id, 9000 + sequence));
          else writes.push(replicated.purge(id));
        }
      }
      await Promise.all(writes);
      current.network.mode = 'good';
      await new Promise((resolve) => setTimeout(resolve, 1));
      await current.inStep();
      // One write through the whole chain: what was sent before it has arrived.
      await current.replicated.save(save('last', 1));
      await current.inStep();
      const same = await contentOf(current.homes.get('a')!.store);
      const own = await contentOf(current.store);
      await current.close();
      expect(same).toEqual(own);
    }),
    { numRuns: 60 },
  );
});
