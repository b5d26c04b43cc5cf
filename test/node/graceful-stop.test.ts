import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { startNode } from '../../src/node/node.ts';
import { StoreError, StoreErrorCode } from '../../src/store/store-error.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { Bench, decode, encode, until } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const STEPS = `
import { call, checkpoint, reply } from 'waymark';
export default async function steps({ checkpoints }: { checkpoints: number }) {
  await call('gate', 'start', { timeout: '1h' });
  for (let i = 0; i < checkpoints; i++) {
    await checkpoint({ commit: () => reply({ made: i + 1 }), recover: () => reply({ made: i + 1 }) });
    await call('step', i + 1, { timeout: '1h' });
  }
  return 'done';
}`;

function lasting(store: MemoryStore): MemoryStore {
  store.close = async () => {};
  return store;
}

test('stop takes no more requests, lets instances end or reach a checkpoint, and the next life goes on from there', async () => {
  await bench.write('steps.ts', STEPS);
  const start = Promise.withResolvers<void>();
  const gate = await bench.service('gate', async () => {
    await start.promise;
    return 1;
  });
  const steps = await bench.service('step', () => 1);
  const store = lasting(new MemoryStore());
  const node = await bench.node({ store, stopLimitMs: 30_000 });
  const answers = [0, 1, 5].map((checkpoints) => bench.ask('steps', { checkpoints }, { timeout: 100_000 }));
  await until(() => gate.length === 3);
  const stopped = node.stop();
  await until(() => node.status().state === 'stopping');
  await expect(
    until(async () => {
      await awaitReply(bench.client, 'steps', new Uint8Array(0), { timeout: 20 }).catch(
        (error: { code: string }) => {
          if (error.code === 'WM6001') throw error;
        },
      );
      return false;
    }),
  ).rejects.toMatchObject({ code: 'WM6001' });
  start.resolve();
  const report = await stopped;
  expect(report).toMatchObject({ atCheckpoint: 2, beyondCheckpoint: 0, withoutCheckpoint: 0 });
  expect(report.ended).toBeGreaterThanOrEqual(1);
  expect(steps).toEqual([]);
  expect(node.status().state).toBe('stopped');
  expect(await node.stop()).toBe(report);

  const next = await bench.node({ store });
  await next.recovered;
  const ended = await Promise.all(answers);
  expect(ended.map(({ value }) => value)).toEqual(['done', 'done', 'done']);
  expect(ended[2]!.interims).toEqual([1, 2, 3, 4, 5].map((made) => ({ made })));
  expect(next.status().statistics.recovered).toBe(2);
});

test('the limit ends the waiting: what has a checkpoint goes on later, what has none is counted', async () => {
  await bench.write('steps.ts', STEPS);
  let open = false;
  const gate = await bench.service('gate', () => (open ? 1 : undefined));
  const steps = await bench.service('step', () => undefined);
  const node = await bench.node({ stopLimitMs: 60 });
  bench.ask('steps', { checkpoints: 1 }, { timeout: 100_000 }).catch(() => {});
  await until(() => gate.length === 1);
  open = true;
  bench.ask('steps', { checkpoints: 1 }, { timeout: 100_000 }).catch(() => {});
  await until(() => steps.length === 1);
  expect(await node.stop()).toEqual({ ended: 0, atCheckpoint: 0, beyondCheckpoint: 1, withoutCheckpoint: 1 });
});

test('instances that sleep beyond the limit are not waited for', async () => {
  await bench.write(
    'sleeper.ts',
    `import { checkpoint, sleep } from 'waymark';
     export default async function sleeper() { await checkpoint(); await sleep('14d'); return 'awake'; }`,
  );
  const store = lasting(new MemoryStore());
  const node = await bench.node({ store, stopLimitMs: 10 ** 9 });
  bench.ask('sleeper', null, { timeout: 100_000 }).catch(() => {});
  await until(() => node.instances()[0]?.checkpoint === 1 && node.status().timers > 1);
  expect(await node.stop()).toEqual({ ended: 0, atCheckpoint: 0, beyondCheckpoint: 1, withoutCheckpoint: 0 });
  expect(await store.list({ status: 'running' })).toHaveLength(1);
});

test('instances that hang in a call are not waited for when they have a checkpoint; the others are', async () => {
  await bench.write('steps.ts', STEPS);
  let open = true;
  const gate = await bench.service('gate', () => (open ? 1 : undefined));
  const steps = await bench.service('step', () => undefined);
  let now = Date.now();
  const store = lasting(new MemoryStore());
  const node = await bench.node({ store, stopLimitMs: 10 ** 9, environment: { now: () => now } });
  bench.ask('steps', { checkpoints: 1 }, { timeout: 100_000 }).catch(() => {});
  await until(() => steps.length === 1);
  open = false;
  bench.ask('steps', { checkpoints: 1 }, { timeout: 100_000 }).catch(() => {});
  await until(() => gate.length === 2);
  now += 3000;
  let isOver = false;
  const stopped = node.stop().finally(() => (isOver = true));
  // The one without a checkpoint has the whole limit.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isOver).toBe(false);
  expect(node.instances()).toHaveLength(2);
  now += 10 ** 9;
  expect(await stopped).toEqual({ ended: 0, atCheckpoint: 0, beyondCheckpoint: 1, withoutCheckpoint: 1 });
  const second = await bench.node({ store, stopLimitMs: 10 ** 9, environment: { now: () => now } });
  await second.recovered;
  await until(() => steps.length === 2);
  now += 1000;
  // Nothing but the hanging call: at once.
  expect(await second.stop()).toMatchObject({ ended: 0, beyondCheckpoint: 1 });
});

test('a store that dies stops every instance where it is: no script takes it for a refused checkpoint', async () => {
  await bench.write(
    'careful.ts',
    `import { checkpoint, publish } from 'waymark';
     export default async function careful() {
       try { await checkpoint(); } catch (error) { await publish('caught', String(error)); }
       return 'went on';
     }`,
  );
  const caught = await bench.service('caught', () => undefined);
  const store = new MemoryStore();
  const dead = new StoreError(StoreErrorCode.commitFailed, 'fsync failed', { fatal: true });
  store.save = async () => {
    throw dead;
  };
  const node = await bench.node({ store });
  const answer = bench.ask('careful', null, { timeout: 200 });
  await expect(answer).rejects.toMatchObject({ code: 'WM6002' });
  await until(() => node.status().state === 'dead');
  expect(bench.events.filter(({ kind }) => kind === 'store-died')).toEqual([
    { kind: 'store-died', error: dead },
  ]);
  expect(caught).toEqual([]);
  await node.stop();
  expect(node.status().state).toBe('dead');
});

test('a checkpoint that the store refuses is a CheckpointError after a few tries; a result is offered until it is taken', async () => {
  await bench.write(
    'careful.ts',
    `import { checkpoint } from 'waymark';
     export default async function careful() {
       await checkpoint();
       try { await checkpoint(); } catch (error: any) { return error.name; }
     }`,
  );
  const store = new MemoryStore();
  const full = (): never => {
    throw new StoreError(StoreErrorCode.full, 'disk full');
  };
  const [save, complete] = [store.save.bind(store), store.complete.bind(store)];
  let saves = 0;
  let refusedResults = 0;
  store.save = async (write) => (write.sequence === 1 ? save(write) : (saves++, full()));
  store.complete = async (write) => (++refusedResults <= 1 ? full() : complete(write));
  const node = await bench.node({ store });
  expect((await bench.ask('careful')).value).toBe('CheckpointError');
  expect(saves).toBe(3);
  expect(refusedResults).toBe(2);
  expect(node.status().statistics).toMatchObject({ checkpoints: 1, checkpointFailures: 1, completed: 1 });
});

test('a checkpoint that the store refuses only once is made', async () => {
  await bench.write(
    'once.ts',
    `import { checkpoint } from 'waymark'; export default async () => { await checkpoint(); return 'ok'; };`,
  );
  const store = new MemoryStore();
  const save = store.save.bind(store);
  let saves = 0;
  store.save = async (write) => {
    if (++saves === 1) throw new StoreError(StoreErrorCode.full, 'disk full');
    return save(write);
  };
  const node = await bench.node({ store });
  expect((await bench.ask('once')).value).toBe('ok');
  expect(node.status().statistics).toMatchObject({ checkpoints: 1, checkpointFailures: 0 });
});

test('others who use the transport can until what they do before it closes is done', async () => {
  const echo = await bench.service('echo', ({ data }) => data);
  const transport = await bench.transport();
  const order: string[] = [];
  const closeTransport = transport.close.bind(transport);
  transport.close = async () => {
    order.push('transport');
    await closeTransport();
  };
  const store = new MemoryStore();
  const closeStore = store.close.bind(store);
  store.close = async () => {
    order.push('store');
    await closeStore();
  };
  const node = await bench.node({
    store,
    transport,
    beforeTransportCloses: async () => {
      const { data } = await awaitReply(transport, 'echo', encode('last words'), { timeout: 100_000 });
      order.push(String(decode(data)));
    },
  });
  await node.stop();
  expect(order).toEqual(['store', 'last words', 'transport']);
  expect(echo).toHaveLength(1);
});

test('what fails before the transport closes is thrown; the transport is closed all the same', async () => {
  const transport = await bench.transport();
  const node = await startNode({
    store: new MemoryStore(),
    transport,
    compile: () => Promise.reject(new Error('there is no script')),
    beforeTransportCloses: () => Promise.reject(new RangeError('no')),
  });
  await expect(node.stop()).rejects.toThrow(new RangeError('no'));
  await expect(transport.publish('x', encode(1))).rejects.toMatchObject({ code: 'WM6003' });
});

test('a goodbye that fails is thrown; store and transport are closed all the same', async () => {
  const transport = await bench.transport();
  const subscribe = transport.subscribe.bind(transport);
  transport.subscribe = async (...given) => {
    const subscription = await subscribe(...given);
    return {
      unsubscribe: async () => {
        await subscription.unsubscribe();
        throw new RangeError('no');
      },
    };
  };
  const store = new MemoryStore();
  const compile = (): Promise<never> => Promise.reject(new Error('there is no script'));
  const node = await startNode({ store, transport, compile });
  await expect(node.stop()).rejects.toThrow(new RangeError('no'));
  await expect(store.load('x')).rejects.toMatchObject({ code: StoreErrorCode.closed });
  await expect(transport.publish('x', encode(1))).rejects.toMatchObject({ code: 'WM6003' });
});
