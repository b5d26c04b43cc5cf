/** What every lease store must do: in one process, on one NATS server, and on a cluster of three that loses one. */
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, describe, expect, test } from 'vitest';
import type { LeaseStore } from '../../src/transport/lease-store.ts';
import { InProcessLeases } from '../../src/transport/local/in-process-leases.ts';
import { openNatsLeases } from '../../src/transport/nats/nats-lease-store.ts';
import { natsCluster, NatsServer } from '../servers/nats-server.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  cleanups.length = 0;
});

async function connected(servers: readonly NatsServer[]): Promise<NatsConnection> {
  const connection = await connect({ servers: servers.map(({ url }) => url), maxReconnectAttempts: -1 });
  cleanups.push(() => connection.close());
  return connection;
}

async function onNats(ttlMs: number): Promise<LeaseStore> {
  const server = await NatsServer.open({ jetstream: true });
  cleanups.push(() => server.remove());
  return openNatsLeases(await connected([server]), { ttlMs, replicas: 1 });
}

/** Longer than this process or a server may stand still between two steps of a test on a busy machine. */
const TTL_MS = 5000;

const STORES: [string, (ttlMs: number) => Promise<LeaseStore>][] = [
  ['in process', async (ttlMs) => new InProcessLeases(ttlMs, () => performance.now())],
  ['NATS', onNats],
];

describe.each(STORES)('%s: lease store conformance', (_, open) => {
  test('one holder at a time; renewals keep it; what is not renewed is gone', async () => {
    const leases = await open(TTL_MS);
    const first = (await leases.acquire('node-0', 'a'))!;
    expect(first).toMatchObject({ holder: 'a' });
    expect(await leases.acquire('node-0', 'b')).toBeUndefined();
    expect(await leases.acquire('node-1', 'b')).toMatchObject({ holder: 'b' });
    const begun = performance.now();
    const renewed = (await leases.renew('node-0', first))!;
    expect(renewed).toMatchObject({ holder: 'a', token: first.token });
    expect(await leases.renew('node-0', first)).toBeUndefined();
    expect(await leases.read('node-0')).toEqual(renewed);
    let next = await leases.acquire('node-0', 'b');
    while (!next) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      next = await leases.acquire('node-0', 'b');
    }
    // Later than that it may be seen, and was perhaps renewed, but not earlier.
    expect(performance.now() - begun).toBeGreaterThan(TTL_MS * 0.85);
    expect(next.token).toBeGreaterThan(first.token);
    expect(await leases.renew('node-0', renewed)).toBeUndefined();
    await leases.release('node-0', renewed);
    expect(await leases.read('node-0')).toEqual(next);
    await leases.release('node-0', next);
    expect(await leases.read('node-0')).toBeUndefined();
    expect((await leases.acquire('node-0', 'c'))!.token).toBeGreaterThan(next.token);
  });

  test('whose instances they are stays until it is written again; of two claims on one revision one succeeds, however late', async () => {
    const leases = await open(200);
    const first = await leases.ownership('node-0');
    expect(first).toEqual({ takenOver: undefined, revision: 0 });
    const by = (takenOver: string | undefined) => ({ takenOver });
    const revision = await leases.claim('node-0', by('node-1'), first.revision);
    expect(await leases.claim('node-0', by(undefined), first.revision)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const taken = await leases.ownership('node-0');
    expect(taken).toEqual({ takenOver: 'node-1', revision });
    expect(taken.revision).toBeGreaterThan(0);
    const claims = await Promise.all(
      [undefined, 'node-1', undefined].map((other) => leases.claim('node-0', by(other), taken.revision)),
    );
    expect(claims).toEqual([expect.any(Number), undefined, undefined]);
    const own = await leases.ownership('node-0');
    expect(own.takenOver).toBeUndefined();
    expect(own.revision).toBeGreaterThan(taken.revision);
    expect(own.revision).toBe(claims[0]);
    expect(await leases.ownership('node-2')).toEqual(first);
  });
});

test.each(STORES)('%s: the mark of a node that is alone comes and goes by claims', async (_, open) => {
  const leases = await open(1000);
  const alone = { token: 7, since: 1e12 };
  const marked = (await leases.claim('node-0', { takenOver: undefined, alone }, 0))!;
  expect(await leases.ownership('node-0')).toEqual({ takenOver: undefined, alone, revision: marked });
  // Whoever has read the entry before it was marked comes too late.
  expect(await leases.claim('node-0', { takenOver: 'node-1' }, 0)).toBeUndefined();
  const cleared = (await leases.claim('node-0', { takenOver: undefined }, marked))!;
  expect(await leases.ownership('node-0')).toEqual({ takenOver: undefined, revision: cleared });
  expect(await leases.claim('node-0', { takenOver: 'node-1' }, marked)).toBeUndefined();
});

/** While the servers elect a leader, requests run into their time limits. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

test('three servers: leases and marks survive the loss of any one of them', async () => {
  const servers = await natsCluster(3);
  cleanups.push(() => Promise.all(servers.map((server) => server.remove())));
  const connection = await connected(servers);
  // The cluster elects its leader first.
  let leases: LeaseStore | undefined;
  while (!leases) {
    leases = await openNatsLeases(connection, { ttlMs: 600_000, replicas: 3 }).catch(() => undefined);
    if (!leases) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const made = leases;
  let record = (await answered(async () => (await made.acquire('node-0', 'a')) ?? made.read('node-0')))!;
  await answered(() => made.claim('node-7', { takenOver: 'node-6' }, 0));
  expect((await answered(() => made.ownership('node-7'))).takenOver).toBe('node-6');
  for (const server of servers) {
    await server.stop();
    let renewed;
    while (!renewed) {
      // A write whose answer was lost may have been done: then the revision is another one.
      renewed = await leases.renew('node-0', record).catch(() => undefined);
      const held = renewed ?? (await leases.read('node-0').catch(() => undefined));
      if (held) record = held;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(record).toMatchObject({ holder: 'a' });
    expect((await answered(() => leases.ownership('node-7'))).takenOver).toBe('node-6');
    await server.start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
});
