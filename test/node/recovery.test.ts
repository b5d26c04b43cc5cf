/** What a node does with what an earlier life of it left in the store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { requestInstanceId } from '../../src/node/instance-id.ts';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { DyingProcess } from './crash-store.ts';
import { Bench, until, type Answer } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const PAYMENT = `
import { randomUUID } from 'node:crypto';
import { call, checkpoint, publish, reply, self, sleep } from 'waymark';
export default async function payment(request: { amount: number }) {
  const receipt = randomUUID();
  const token = await call<string>('tokeniser', request.amount);
  const acknowledge = () => reply({ receipt });
  await checkpoint({ commit: acknowledge, recover: acknowledge });
  const approved = await call<string>('bank', { receipt, token, amount: request.amount }, { timeout: 2000, retries: 5 });
  await publish('book', { receipt });
  await checkpoint();
  await sleep(1);
  return { receipt, approved, attempt: self.attempt, recovered: self.recovered };
}`;

/** A store that outlives the nodes that use it. */
function shared(store: CheckpointStore): CheckpointStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'close') return async () => {};
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Asks again and again, as a requester without an answer does; gives the final reply and all acknowledgements. */
async function insist(subject: string, data: unknown, requestId: string): Promise<Answer> {
  const interims: unknown[] = [];
  for (let repeat = false; ; repeat = true) {
    try {
      return { ...(await bench.ask(subject, data, { requestId, repeat, timeout: 150, interims })), interims };
    } catch (error) {
      // Timed out, or nobody is there at the moment.
      if (!['WM6001', 'WM6002'].includes((error as { code: string }).code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

describe.each(['memory', 'sqlite'] as const)('crash at every write, %s store', (kind) => {
  test.each(['before', 'after'] as const)(
    '%s the write: every payment ends, once, with the receipt it acknowledged',
    async (when) => {
      await bench.write('payment.ts', PAYMENT);
      let acknowledgements = 0;
      await bench.service('tokeniser', ({ data }) => `token-${String(data)}`);
      const bank = await bench.service('bank', () => 'yes');
      let dieAt = 1;
      for (; ; dieAt++) {
        const store: CheckpointStore =
          kind === 'memory'
            ? new MemoryStore()
            : await openSqliteStore({ directory: `${bench.root}/data-${dieAt}` });
        bank.length = 0;
        const dying = new DyingProcess(store, await bench.transport(), dieAt, when);
        const first = await bench.node({ store: dying.store, transport: dying.transport });
        const answers = Promise.all(
          [1, 2, 3].map((amount) => insist('payment', { amount }, `p-${dieAt}-${amount}`)),
        );
        const isOver = await Promise.race([answers.then(() => true), dying.death.then(() => false)]);
        if (isOver) {
          // More writes were never needed: every one has been died at.
          await first.stop();
          await store.close();
          break;
        }
        await first.stop();
        const second = await bench.node({ store: shared(store) });
        await second.recovered;
        for (const { value, error, interims } of await answers) {
          expect(error).toBeUndefined();
          expect(value).toMatchObject({ approved: 'yes' });
          // Whoever acknowledged, and however often: it was this payment.
          const { receipt } = value as { receipt: string };
          for (const interim of interims) expect(interim).toEqual({ receipt });
          acknowledgements += interims.length;
        }
        await until(async () => (await store.list({ status: 'running' })).length === 0);
        // Every payment has been executed under one message id only.
        const ids = new Map<unknown, Set<unknown>>();
        for (const { data, messageId } of bank) {
          const { amount } = data as { amount: number };
          ids.set(amount, (ids.get(amount) ?? new Set()).add(messageId));
        }
        expect([...ids.values()].map((set) => set.size)).toEqual([1, 1, 1]);
        expect(await store.list({ status: 'failed' })).toEqual([]);
        await second.stop();
        expect(bench.problems()).toEqual([]);
        await store.close();
      }
      // Code once, then two checkpoints and a result for each of three.
      expect(dieAt).toBeGreaterThanOrEqual(1 + 3 * 3);
      expect(acknowledgements).toBeGreaterThan(dieAt);
    },
  );
});

test('an acknowledgement that was sent is kept through a crash: the final reply has the same receipt', async () => {
  await bench.write('payment.ts', PAYMENT);
  await bench.service('tokeniser', () => 'token');
  const open = Promise.withResolvers<void>();
  const bank = await bench.service('bank', async () => {
    await open.promise;
    return 'yes';
  });
  const store = new MemoryStore();
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  const answer = bench.ask('payment', { amount: 1 }, { requestId: 'p' });
  await until(() => bank.length === 1);
  dying.die();
  await first.stop();
  const second = await bench.node({ store });
  await second.recovered;
  await until(() => bank.length === 2);
  open.resolve();
  const { value, interims } = await answer;
  const { receipt } = value as { receipt: string };
  // Once by commit, once by recover, to the one requester.
  expect(interims).toEqual([{ receipt }, { receipt }]);
  expect(value).toEqual({ receipt, approved: 'yes', attempt: 2, recovered: true });
  expect(bank.map(({ isRepeat }) => isRepeat)).toEqual([false, true]);
  expect(bank[0]!.messageId).toBe(bank[1]!.messageId);
  expect(second.status().statistics).toMatchObject({ recovered: 1, started: 0, completed: 1 });
});

test('a repeated request that comes before recovery has reached its instance waits for it', async () => {
  await bench.write('payment.ts', PAYMENT);
  await bench.service('tokeniser', () => 'token');
  const open = Promise.withResolvers<void>();
  const bank = await bench.service('bank', async () => {
    await open.promise;
    return 'yes';
  });
  const store = new MemoryStore();
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  await bench.client.publish('payment', new TextEncoder().encode('{"amount":1}'), {
    headers: { 'waymark-request-id': 'p' },
  });
  await until(() => bank.length === 1);
  dying.die();
  await first.stop();
  const proceed = Promise.withResolvers<void>();
  const slow = new Proxy(store, {
    get(target, name) {
      if (name === 'unfinished') {
        return async function* () {
          await proceed.promise;
          yield* target.unfinished();
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const second = await bench.node({ store: slow });
  const answer = bench.ask('payment', { amount: 1 }, { requestId: 'p', repeat: true });
  // Serving goes on meanwhile.
  await bench.write('echo.ts', `export default async (input) => input;`);
  open.resolve();
  expect((await bench.ask('payment', { amount: 2 }, { requestId: 'q' })).error).toBeUndefined();
  expect(second.status().state).toBe('recovering');
  proceed.resolve();
  expect((await answer).value).toMatchObject({ approved: 'yes', recovered: true });
  await second.recovered;
  expect(second.status()).toMatchObject({ state: 'serving', statistics: { started: 1, recovered: 1 } });
});

test('all unfinished instances come back, oldest first, with one evaluation of their code', async () => {
  const counter = `waymarkTestEvaluations${Math.random().toString(36).slice(2)}`;
  await bench.write(
    'waiter.ts',
    `import { call, checkpoint } from 'waymark';
     (globalThis as any)[${JSON.stringify(counter)}] = ((globalThis as any)[${JSON.stringify(counter)}] ?? 0) + 1;
     export default async function waiter({ n }) { await checkpoint(); return [n, await call('gate', n, { timeout: '1h' })]; }`,
  );
  const heard = await bench.service('gate', () => undefined);
  const store = new MemoryStore();
  let now = 1_000_000;
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({
    store: dying.store,
    transport: dying.transport,
    environment: { now: () => now++ },
  });
  for (let n = 0; n < 700; n++) bench.ask('waiter', { n }, { timeout: 100_000 }).catch(() => {});
  await until(() => heard.length === 700);
  dying.die();
  await first.stop();
  const scope = globalThis as unknown as Record<string, number>;
  expect(scope[counter]).toBe(1);
  const arrivals = heard.map(({ data }) => data);
  heard.length = 0;
  // The script is gone meanwhile: what is in flight does not need it.
  const second = await bench.node({ store, scripts: undefined });
  await second.recovered;
  await until(() => heard.length === 700);
  expect(heard.map(({ data }) => data)).toEqual(arrivals);
  expect(heard.every(({ isRepeat }) => isRepeat)).toBe(true);
  expect(scope[counter]).toBe(2);
  expect(second.status()).toMatchObject({ inFlight: 700, statistics: { recovered: 700 } });
  expect(second.status().oldest[0]).toMatchObject({ script: 'waiter', checkpoint: 1 });
  expect(second.status().oldest).toHaveLength(10);
  expect(second.status().longRunning).toBe(700);
});

test('what is in flight goes on before the scripts are compiled', async () => {
  const evaluations = `waymarkTestEvaluations${Math.random().toString(36).slice(2)}`;
  await bench.write(
    'waiter.ts',
    `import { call, checkpoint } from 'waymark';
     (globalThis as any)[${JSON.stringify(evaluations)}] = ((globalThis as any)[${JSON.stringify(evaluations)}] ?? 0) + 1;
     export default async function waiter() { await checkpoint(); return call('gate', 0, { timeout: '1h' }); }`,
  );
  const heard = await bench.service('gate', () => undefined);
  const store = await openSqliteStore({ directory: bench.root });
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  bench.ask('waiter', {}, { timeout: 100_000 }).catch(() => {});
  await until(() => heard.length === 1);
  dying.die();
  await first.stop();
  const seen: unknown[] = [];
  const second = await bench.node({
    store,
    compile: (file) => {
      seen.push((globalThis as unknown as Record<string, number>)[evaluations]);
      return compile(file);
    },
  });
  await second.recovered;
  expect(seen).toEqual([2]);
  expect(second.status()).toMatchObject({ inFlight: 1, statistics: { recovered: 1 } });
});

test('a sleep that ended while the process was down ends at once; one that has not, at its time', async () => {
  await bench.write(
    'sleeper.ts',
    `import { call, checkpoint, self, sleep } from 'waymark';
     export default async function sleeper({ hours }) {
       await Promise.all([checkpoint(), sleep(hours * 3_600_000)]);
       await call('awake', { hours, downtime: self.downtime });
     }`,
  );
  const awake = await bench.service('awake', () => true);
  const store = new MemoryStore();
  let now = Date.now();
  const environment = { now: () => now };
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport, environment });
  for (const hours of [5, 1, 3]) bench.ask('sleeper', { hours }, { timeout: 100_000 }).catch(() => {});
  await until(async () => (await store.list()).length === 3);
  dying.die();
  await first.stop();
  now += 2 * 3_600_000;
  const timers: (() => void)[] = [];
  const second = await bench.node({
    store,
    environment: { ...environment, setTimer: (action) => timers.push(action), clearTimer: () => {} },
  });
  await second.recovered;
  const fire = async (): Promise<void> => {
    for (const action of timers.splice(0)) action();
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  await until(async () => (await fire(), awake.length === 1));
  expect(awake[0]!.data).toMatchObject({ hours: 1, downtime: 2 * 3_600_000 });
  now += 3_600_000;
  await until(async () => (await fire(), awake.length === 2));
  expect(awake[1]!.data).toMatchObject({ hours: 3 });
  for (let round = 0; round < 5; round++) await fire();
  expect(awake).toHaveLength(2);
  expect(second.status().inFlight).toBe(1);
});

test('damaged, undecodable and codeless checkpoints are set aside and reported; the others come back', async () => {
  await bench.write('payment.ts', PAYMENT);
  await bench.service('tokeniser', () => 'token');
  let approve = false;
  const bank = await bench.service('bank', () => (approve ? 'yes' : undefined));
  const store = new MemoryStore();
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  const answers = ['a', 'b', 'c', 'd', 'e'].map((requestId) =>
    bench.ask('payment', { amount: 1 }, { requestId, timeout: 100_000 }),
  );
  for (const answer of answers) answer.catch(() => {});
  await until(() => bank.length === 5);
  dying.die();
  await first.stop();
  const id = (requestId: string): string => requestInstanceId('payment', requestId);
  const rewrite = async (
    requestId: string,
    change: (snapshot: Uint8Array) => { snapshot?: Uint8Array; codeHash?: string },
  ) => {
    const stored = (await store.load(id(requestId)))!;
    await store.save({
      ...stored,
      at: stored.updatedAt,
      snapshot: stored.snapshot!,
      ...change(stored.snapshot!),
    });
  };
  await rewrite('a', (snapshot) => {
    snapshot[snapshot.length >> 1]! ^= 1;
    return { snapshot };
  });
  await rewrite('b', (snapshot) => ({ snapshot: snapshot.subarray(0, 9) }));
  await rewrite('c', () => ({ codeHash: 'ab'.repeat(32) }));
  const damaged = new Proxy(store, {
    get(target, name) {
      if (name === 'unfinished') {
        return async function* () {
          for await (const page of target.unfinished()) {
            yield page.map((stored) =>
              stored.id === id('d')
                ? { ...stored, snapshot: undefined, damaged: 'checksum of the row' }
                : stored,
            );
          }
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  approve = true;
  const second = await bench.node({ store: damaged });
  await second.recovered;
  expect((await answers[4]!).value).toMatchObject({ approved: 'yes' });
  const { quarantine, statistics } = second.status();
  expect(new Map(quarantine.map((entry) => [entry.id, entry.code]))).toEqual(
    new Map([
      [id('a'), 'WM7010'],
      [id('b'), 'WM7010'],
      [id('c'), 'WM7008'],
      [id('d'), 'WM7010'],
    ]),
  );
  expect(statistics).toMatchObject({ quarantined: 4, recovered: 1 });
  expect(bench.events.filter(({ kind }) => kind === 'quarantined')).toHaveLength(4);
  // Kept and listed: what may become good again as running, the rest as failed, each with its checkpoint.
  const kept = new Map((await store.list()).map((summary) => [summary.id, summary.status]));
  expect([kept.get(id('a')), kept.get(id('b')), kept.get(id('c')), kept.get(id('d'))]).toEqual([
    'failed',
    'failed',
    'running',
    'failed',
  ]);
  expect((await store.load(id('d')))!.snapshot).toBeDefined();
  // Their requesters are told.
  expect((await bench.ask('payment', {}, { requestId: 'a' })).error).toBe('WM7010');
  expect((await bench.ask('payment', {}, { requestId: 'c' })).error).toBe('WM7011');
  // Nothing was wrong with d's own bytes.
  expect(await second.retry(id('d'))).toBe(true);
  expect((await bench.ask('payment', {}, { requestId: 'd' })).value).toMatchObject({ approved: 'yes' });
  expect(await second.retry(id('b'))).toBe(false);
  expect(await second.purge(id('b'))).toBe(true);
});

test('a retry whose code is missing leaves the instance failed, with its error, to be retried again', async () => {
  await bench.write(
    'weak.ts',
    `import { checkpoint } from 'waymark';
     export default async function weak() { await checkpoint(); throw new Error('too weak'); }`,
  );
  const store = shared(new MemoryStore());
  const first = await bench.node({ store });
  expect((await bench.ask('weak', null, { requestId: 'w' })).error).toBe('WM7001');
  await first.stop();
  const id = requestInstanceId('weak', 'w');
  const { codeHash, snapshot, ...rest } = (await store.load(id))!;
  const loadCode = store.loadCode.bind(store);
  const gone = new Proxy(store, {
    get(target, name) {
      if (name === 'loadCode')
        return async (hash: string) => (hash === codeHash ? undefined : loadCode(hash));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const second = await bench.node({ store: gone, scripts: undefined });
  expect(await second.retry(id)).toBe(false);
  expect(second.status().quarantine).toMatchObject([{ id, code: 'WM7008' }]);
  expect(await store.load(id)).toMatchObject({ status: 'failed', snapshot, outcome: rest.outcome });
  // The code is there again, and the script has not become better.
  const third = await bench.node({ store });
  expect(await third.retry(id)).toBe(true);
  await until(async () => (await store.load(id))!.status === 'failed');
});

test('what a restored instance sends may be a repetition until its next checkpoint, and no longer', async () => {
  await bench.write(
    'steps.ts',
    `import { call, checkpoint, self } from 'waymark';
     export default async function steps() {
       await checkpoint();
       await call('step', 'one');
       await call('step', 'hold', { timeout: '1h' });
       await checkpoint();
       await call('step', 'two');
       return [self.attempt, self.recovered];
     }`,
  );
  let hold = true;
  const heard = await bench.service('step', ({ data }) => (data === 'hold' && hold ? undefined : true));
  const store = new MemoryStore();
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  const answer = bench.ask('steps');
  await until(() => heard.length === 2);
  dying.die();
  await first.stop();
  hold = false;
  await bench.node({ store });
  expect((await answer).value).toEqual([2, true]);
  const ids = heard.map(({ messageId }) => messageId);
  expect(heard.map(({ data, isRepeat }) => [data, isRepeat])).toEqual([
    ['one', false],
    ['hold', false],
    ['one', true],
    ['hold', true],
    ['two', false],
  ]);
  expect(ids.slice(0, 2)).toEqual(ids.slice(2, 4));
});
