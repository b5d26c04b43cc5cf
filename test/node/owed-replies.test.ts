/** A node is killed after an outcome is durable and before the final reply is sent: the next life sends it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeOutcome, encodeOutcome } from '../../src/node/kept-outcome.ts';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { ERROR, POSSIBLE_REPEAT, REQUEST_ID } from '../../src/transport/headers.ts';
import type { Message } from '../../src/transport/transport.ts';
import { DyingProcess } from './crash-store.ts';
import { Bench, encode, STORES, until } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const ORDER = `
import { checkpoint } from 'waymark';
export default async function order(input: { fails: boolean }) {
  await checkpoint();
  if (input.fails) throw new RangeError('sold out');
  return { ordered: true };
}`;
/** Code, checkpoint, outcome. */
const OUTCOME = 3;

/** Asks as `bench.ask` does, once only, and gives the whole reply. */
function askOnce(data: unknown, requestId: string): Promise<Message> {
  return awaitReply(bench.client, 'order', encode(data), {
    headers: { [REQUEST_ID]: requestId },
    timeout: 2 ** 31 - 1,
  });
}

function unclosable(store: CheckpointStore): CheckpointStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'close') return async () => {};
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe.each(Object.entries(STORES))('%s store', (_name, openStore) => {
  test.each([false, true])('a requester who asked once gets the final reply (failed: %s)', async (fails) => {
    await bench.write('order.ts', ORDER);
    const store = await openStore(`${bench.root}/data`);
    const dying = new DyingProcess(store, await bench.transport(), OUTCOME, 'after');
    const first = await bench.node({ store: dying.store, transport: dying.transport });
    const reply = askOnce({ fails }, 'r');
    await dying.death;
    expect(await store.list()).toMatchObject([{ status: fails ? 'failed' : 'completed' }]);
    await first.stop();
    const second = await bench.node({ store: unclosable(store) });
    const { headers, data } = await reply;
    expect(headers[POSSIBLE_REPEAT]).toBe('true');
    expect(headers[ERROR]).toBe(fails ? 'WM7001' : undefined);
    const text = new TextDecoder().decode(data);
    expect(JSON.parse(text)).toEqual(
      fails ? { code: 'WM7001', message: 'RangeError: sold out' } : { ordered: true },
    );
    expect(second.status().statistics).toMatchObject({ started: 0, recovered: 0, repeatedRequests: 0 });
    expect(bench.problems()).toEqual([]);
    await second.stop();
    await store.close();
  });
});

function writeTo(store: CheckpointStore, id: string, at: number, requesters: string[]): Promise<void> {
  return store.complete({
    id,
    script: 'order',
    requestId: id,
    codeHash: 'none',
    sequence: 0,
    createdAt: at,
    at,
    outcome: encodeOutcome(encode(id), requesters),
  });
}

test('everybody who had asked gets it; what ended long before the last is not sent again', async () => {
  const store = new MemoryStore();
  const received: string[] = [];
  for (const subject of ['anna', 'bert', 'carl']) {
    await bench.client.subscribe(subject, {}, ({ data }) => {
      received.push(`${subject} ${JSON.stringify(JSON.parse(new TextDecoder().decode(data)))}`);
    });
  }
  await writeTo(store, 'long ago', 1_000, ['anna']);
  await writeTo(store, 'before', 100_000, ['carl']);
  await writeTo(store, 'last', 160_000, ['anna', 'bert']);
  await writeTo(store, 'nobody asked', 160_000, []);
  await (
    await bench.node({ store })
  ).recovered;
  await until(() => received.length >= 3);
  expect(received.toSorted()).toEqual(['anna "last"', 'bert "last"', 'carl "before"']);
});

test('not more instances are looked at than can have been in flight', async () => {
  const store = new MemoryStore();
  for (let index = 0; index < 5; index++) await writeTo(store, `i${index}`, index, ['anna']);
  const received: string[] = [];
  await bench.client.subscribe('anna', {}, ({ data }) => {
    received.push(JSON.parse(new TextDecoder().decode(data)) as string);
  });
  await (
    await bench.node({ store, maxInFlight: 2 })
  ).recovered;
  await until(() => received.length >= 2);
  expect(received).toEqual(['i4', 'i3']);
});

test('a kept outcome gives back body and requesters; anything else is a body', () => {
  const body = encode({ text: 'ü' });
  for (const requesters of [[], ['_INBOX.a.1'], ['_INBOX.a.1', 'x.y', 'z']]) {
    const decoded = decodeOutcome(new Uint8Array(encodeOutcome(body, requesters)));
    expect([...decoded.body]).toEqual([...body]);
    expect(decoded.requesters).toEqual(requesters);
  }
  const longest = Array.from({ length: 100 }, (_, index) => `${index}`.padStart(255, 'x'));
  expect(decodeOutcome(encodeOutcome(body, longest)).requesters).toEqual(longest);
  expect(decodeOutcome(encodeOutcome(new Uint8Array(0), [])).body).toHaveLength(0);
  expect(decodeOutcome(undefined)).toEqual({ body: new Uint8Array(0), requesters: [] });
  for (const bytes of [[], [1], [1, 0], [1, 9, 0, 1], [2, 0, 0, 7], [123, 125]]) {
    expect([...decodeOutcome(new Uint8Array(bytes)).body]).toEqual(bytes);
  }
});
