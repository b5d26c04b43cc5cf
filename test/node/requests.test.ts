/** Requests, replies, request ids and admission on one node. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestInstanceId } from '../../src/node/instance-id.ts';
import { encodeOutcome } from '../../src/node/kept-outcome.ts';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { REQUEST_ID } from '../../src/transport/headers.ts';
import { Bench, encode, STORES, until } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const ECHO = `export default async function echo(input) { return { got: input }; }`;

/** Holds at the service "gate" before and after a checkpoint. */
const GATED = `
import { call, checkpoint, reply, self } from 'waymark';
export default async function gated(input: { n: number }) {
  const first = await call<number>('gate', { at: 'first', n: input.n });
  await checkpoint({ commit: () => reply({ accepted: input.n }), recover: () => reply({ accepted: input.n, again: true }) });
  const second = await call<number>('gate', { at: 'second', n: input.n });
  return { id: self.id, requestId: self.requestId, sum: first + second };
}`;

test('a script is served under its file name: input, result, nothing, bytes', async () => {
  await bench.write('echo.ts', ECHO);
  await bench.write('nothing.js', `export default async function nothing() {}`);
  await bench.write('plain.mjs', `export default function plain(input) { return input.a + input.b; }`);
  await bench.write('bytes.ts', `export default async (input: Uint8Array) => input.map((x) => 255 - x);`);
  const node = await bench.node();
  expect(node.status().scripts.map(({ subject }) => subject)).toEqual(['bytes', 'echo', 'nothing', 'plain']);
  expect(await bench.ask('echo', { a: [1, 'ü'] })).toEqual({
    value: { got: { a: [1, 'ü'] } },
    error: undefined,
    interims: [],
  });
  expect((await bench.ask('echo')).value).toEqual({});
  expect((await bench.ask('nothing')).value).toBeUndefined();
  expect((await bench.ask('plain', { a: 2, b: 3 })).value).toBe(5);
  const reply = await awaitReply(bench.client, 'bytes', new Uint8Array([255, 0, 128]), { timeout: 10_000 });
  expect([...reply.data]).toEqual([0, 255, 127]);
  expect(node.status().inFlight).toBe(0);
});

test('a prefix is put before the subjects', async () => {
  await bench.write('echo.ts', ECHO);
  await bench.node({ prefix: 'shop.v1' });
  expect((await bench.ask('shop.v1.echo', 1)).value).toEqual({ got: 1 });
  await expect(bench.ask('echo', 1)).rejects.toMatchObject({ code: 'WM6001' });
});

test('an uncaught error is an error reply with code and message, and is listed when it had a checkpoint', async () => {
  await bench.write(
    'fails.ts',
    `import { checkpoint } from 'waymark';
     export default async function fails({ after }) { if (after) await checkpoint(); throw new RangeError('too much'); }`,
  );
  const store = new MemoryStore();
  const node = await bench.node({ store });
  for (const after of [false, true]) {
    const answer = await bench.ask('fails', { after });
    expect(answer).toMatchObject({
      error: 'WM7001',
      value: { code: 'WM7001', message: 'RangeError: too much' },
    });
  }
  expect(await store.list()).toMatchObject([{ status: 'failed', sequence: 1, script: 'fails' }]);
  expect(node.status().statistics).toMatchObject({ started: 2, failed: 2, completed: 0, checkpoints: 1 });
  expect(bench.events.filter(({ kind }) => kind === 'instance-failed')).toHaveLength(2);
});

test('a result that JSON cannot hold is an error reply', async () => {
  await bench.write('big.ts', `export default async () => 10n;`);
  await bench.node();
  expect(await bench.ask('big')).toMatchObject({ error: 'WM7004' });
});

test('no checkpoint and no request id: nothing is ever written', async () => {
  await bench.write('echo.ts', ECHO);
  const store = new MemoryStore();
  const writes: string[] = [];
  const watched: CheckpointStore = new Proxy(store, {
    get(target, name) {
      if (['save', 'complete', 'fail', 'saveCode'].includes(String(name))) writes.push(String(name));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await bench.node({ store: watched });
  for (let index = 0; index < 20; index++) await bench.ask('echo', index);
  expect(writes).toEqual([]);
});

describe.each(Object.entries(STORES))('request ids, %s store', (_name, openStore) => {
  test('a repeated request gets the running instance, with the early acknowledgement again, and then the kept result', async () => {
    await bench.write('gated.ts', GATED);
    const open = Promise.withResolvers<void>();
    const heard = await bench.service('gate', async ({ data }) => {
      if ((data as { at: string }).at === 'second') await open.promise;
      return 7;
    });
    const store = await openStore(`${bench.root}/data`);
    const node = await bench.node({ store });
    const first = bench.ask('gated', { n: 1 }, { requestId: 'r-1' });
    await until(() => heard.length === 2);
    const second = bench.ask('gated', { n: 1 }, { requestId: 'r-1' });
    const third = bench.ask('gated', { n: 1 }, { requestId: 'r-1', repeat: true });
    const other = bench.ask('gated', { n: 2 }, { requestId: 'r-2' });
    await until(() => heard.length === 4);
    await until(() => node.status().statistics.repeatedRequests === 2);
    open.resolve();
    const id = requestInstanceId('gated', 'r-1');
    const result = {
      value: { id, requestId: 'r-1', sum: 14 },
      error: undefined,
      interims: [{ accepted: 1 }],
    };
    expect(await Promise.all([first, second, third])).toEqual([result, result, result]);
    expect((await other).value).toMatchObject({ requestId: 'r-2', id: requestInstanceId('gated', 'r-2') });
    expect(await bench.ask('gated', { n: 1 }, { requestId: 'r-1' })).toEqual({ ...result, interims: [] });
    expect(new Set(heard.map(({ messageId }) => messageId)).size).toBe(4);
    expect(node.status().statistics).toMatchObject({ started: 2, completed: 2, repeatedRequests: 3 });
    expect(await store.list({ status: 'running' })).toEqual([]);
  });

  test('many at once with one request id are one instance', async () => {
    await bench.write('echo.ts', ECHO);
    const node = await bench.node({ store: await openStore(`${bench.root}/data`) });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => bench.ask('echo', 5, { requestId: 'same' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer.value)))).toEqual(new Set(['{"got":5}']));
    expect(node.status().statistics.started).toBe(1);
  });

  test('a kept result survives a restart, and goes when its time is over', async () => {
    await bench.write('stamp.ts', `export default async () => Math.random();`);
    const folder = `${bench.root}/data`;
    const store = await openStore(folder);
    // A memory store lives as long as its object.
    const close = store.close.bind(store);
    if (store instanceof MemoryStore) store.close = async () => {};
    const node = await bench.node({ store });
    const first = await bench.ask('stamp', null, { requestId: 'r' });
    expect(await bench.ask('stamp', null, { requestId: 'r' })).toEqual(first);
    await node.stop();
    let now = Date.now();
    const again = await bench.node({
      store: store instanceof MemoryStore ? store : await openStore(folder),
      resultTtlMs: 40,
      environment: { now: () => now },
    });
    expect(await bench.ask('stamp', null, { requestId: 'r' })).toEqual(first);
    now += 1000;
    await until(async () => (await bench.ask('stamp', null, { requestId: 'r' })).value !== first.value);
    await again.stop();
    await close();
  });
});

test('an instance that failed before its first checkpoint is forgotten: the same request id is a new attempt with the same ids', async () => {
  await bench.write(
    'once.ts',
    `import { call } from 'waymark';
     export default async function once() { if ((await call('try')) === 'bad') throw new Error('bad'); return 'good'; }`,
  );
  let tries = 0;
  const heard = await bench.service('try', () => (++tries === 1 ? 'bad' : 'good'));
  await bench.node();
  expect((await bench.ask('once', null, { requestId: 'x' })).error).toBe('WM7001');
  expect((await bench.ask('once', null, { requestId: 'x' })).value).toBe('good');
  expect(heard[0]!.messageId).toBe(heard[1]!.messageId);
});

test('a failed instance with a checkpoint answers its repeated request with the kept error, until it is retried', async () => {
  await bench.write(
    'later.ts',
    `import { call, checkpoint } from 'waymark';
     export default async function later() { await checkpoint(); if ((await call('state')) === 'bad') throw new Error('bad'); return 'good'; }`,
  );
  let state = 'bad';
  await bench.service('state', () => state);
  const node = await bench.node();
  const id = requestInstanceId('later', 'x');
  for (let index = 0; index < 2; index++) {
    expect(await bench.ask('later', null, { requestId: 'x' })).toMatchObject({
      error: 'WM7001',
      value: { message: 'Error: bad' },
    });
  }
  expect(node.status().statistics.started).toBe(1);
  state = 'good';
  expect(await node.retry(id)).toBe(true);
  expect((await bench.ask('later', null, { requestId: 'x' })).value).toBe('good');
  expect(await node.retry(id)).toBe(false);
  expect(await node.purge(id)).toBe(true);
  expect(await node.purge(id)).toBe(false);
});

test('a repeated request that reaches another node is answered by the node that has the instance', async () => {
  await bench.write('gated.ts', GATED);
  const open = Promise.withResolvers<void>();
  const heard = await bench.service('gate', async ({ data }) => {
    if ((data as { at: string }).at === 'second') await open.promise;
    return 1;
  });
  const nodes = await Promise.all([1, 2, 3].map(() => bench.node({ findRepeatMs: 2 ** 31 - 1 })));
  const first = bench.ask('gated', { n: 1 }, { requestId: 'r' });
  await until(() => heard.length === 2);
  const more = Array.from({ length: 6 }, () =>
    bench.ask('gated', { n: 1 }, { requestId: 'r', repeat: true }),
  );
  await until(() => nodes.reduce((sum, node) => sum + node.status().statistics.repeatedRequests, 0) === 6);
  open.resolve();
  const answers = await Promise.all([first, ...more]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const late = await Promise.all(
    Array.from({ length: 6 }, () => bench.ask('gated', { n: 1 }, { requestId: 'r', repeat: true })),
  );
  for (const answer of late) expect(answer.value).toEqual(answers[0]!.value);
  expect(nodes.reduce((sum, node) => sum + node.status().statistics.started, 0)).toBe(1);
});

test('a repeated request that nobody knows is started', async () => {
  await bench.write('echo.ts', ECHO);
  for (let count = 0; count < 3; count++) await bench.node({ findRepeatMs: 2 ** 31 - 1 });
  expect((await bench.ask('echo', 1, { requestId: 'new', repeat: true })).value).toEqual({ got: 1 });
});

test('an instance that came back and ended while others were asked is not begun anew: its kept result answers', async () => {
  await bench.write('echo.ts', ECHO);
  const store = new MemoryStore();
  const ask = store.findRequest.bind(store);
  let asked = 0;
  store.findRequest = async (script, requestId) => {
    const found = await ask(script, requestId);
    if (++asked === 1)
      await store.complete({
        id: requestInstanceId(script, requestId),
        script,
        requestId,
        codeHash: 'c',
        sequence: 1,
        createdAt: 1,
        at: 2,
        outcome: encodeOutcome(encode({ from: 'before' }), []),
      });
    return found;
  };
  const node = await bench.node({ store });
  const { value } = await bench.ask('echo', 1, { requestId: 'r', repeat: true });
  expect(value).toEqual({ from: 'before' });
  expect(node.status().statistics.started).toBe(0);
});

test('beyond the limit of instances in flight requests are refused, and accepted again below it', async () => {
  await bench.write('gated.ts', GATED);
  const open = Promise.withResolvers<void>();
  const heard = await bench.service('gate', async () => {
    await open.promise;
    return 1;
  });
  const node = await bench.node({ maxInFlight: 3 });
  const admitted = [1, 2, 3].map((n) => bench.ask('gated', { n }, { requestId: `r-${n}` }));
  await until(() => heard.length === 3);
  const refused = await bench.ask('gated', { n: 4 }, { requestId: 'r-4' });
  expect(refused).toMatchObject({ error: 'WM7002', value: { code: 'WM7002' } });
  // A place beside a running instance costs nothing.
  const beside = bench.ask('gated', { n: 1 }, { requestId: 'r-1' });
  await until(() => node.status().statistics.repeatedRequests === 1);
  expect(node.status()).toMatchObject({ inFlight: 3, statistics: { rejected: 1, started: 3 } });
  open.resolve();
  for (const answer of await Promise.all([...admitted, beside])) expect(answer.error).toBeUndefined();
  expect((await bench.ask('gated', { n: 4 }, { requestId: 'r-4' })).error).toBeUndefined();
  expect(node.status().inFlight).toBe(0);
});

test('requests without a reply subject run too', async () => {
  await bench.write('gated.ts', GATED);
  const heard = await bench.service('gate', () => 1);
  const node = await bench.node();
  await bench.client.publish('gated', encode({ n: 1 }), { headers: { [REQUEST_ID]: 'quiet' } });
  await until(() => heard.length === 2 && node.status().statistics.completed === 1);
  expect((await bench.ask('gated', { n: 1 }, { requestId: 'quiet' })).value).toMatchObject({ sum: 2 });
});

test('run starts a script without any subject', async () => {
  const file = await bench.write('gated.ts', GATED);
  await bench.service('gate', () => 4);
  const node = await bench.node({ scripts: undefined, modules: bench.root });
  const { id, ending } = await node.run(file, { n: 9 });
  expect(node.instances('gated')).toMatchObject([{ id, script: 'gated', checkpoint: 0 }]);
  expect(await ending).toMatchObject({ status: 'completed', value: { id, sum: 8 } });
  expect(node.ending(id)).toBeUndefined();
  expect(node.status()).toMatchObject({ inFlight: 0, scripts: [] });
});
