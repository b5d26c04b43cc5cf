/** Take-overs that fail half-way, are interrupted, come too late, or are asked for by hand. */
import { expect, test } from 'vitest';
import { PeerWatch } from '../../../src/node/leases/peer-watch.ts';
import type { LeaseStore } from '../../../src/transport/lease-store.ts';
import { InProcessLeases } from '../../../src/transport/local/in-process-leases.ts';
import { Machine, World } from './virtual-world.ts';

const TTL = 1000;

interface Watched {
  readonly world: World;
  readonly leases: InProcessLeases;
  readonly errors: unknown[];
  /** What each take-over does. */
  steps: (() => Promise<string>)[];
  done: number;
}

function world(): Watched {
  const made = new World(7);
  return { world: made, leases: new InProcessLeases(TTL, () => made.time), errors: [], steps: [], done: 0 };
}

function watch(watched: Watched, machine: Machine, leases: LeaseStore = watched.leases): PeerWatch<string> {
  return new PeerWatch({
    leases,
    peer: 'a',
    nodeId: 'b',
    holder: 'b/disk',
    marginMs: TTL / 5,
    environment: machine.environment,
    mayAct: () => true,
    hasCopies: async () => true,
    takeOver: async () => {
      const report = await (watched.steps.shift() ?? (async () => 'whole'))();
      watched.done++;
      return report;
    },
    reportError: (error) => watched.errors.push(error),
  });
}

test('a take-over that failed half-way is gone on with while the lease is held, and not again when it is whole', async () => {
  const watched = world();
  const peer = watch(watched, new Machine(watched.world, 1));
  const fails = (): Promise<string> => Promise.reject(new Error('disk full'));
  watched.steps = [fails, fails];
  peer.open();
  await watched.world.run(2 * TTL);
  expect(watched.errors).toMatchObject([{ message: 'disk full' }, { message: 'disk full' }]);
  await watched.world.run(5 * TTL);
  expect(watched.done).toBe(1);
  expect((await watched.leases.ownership('a')).takenOver).toBe('b');
  expect((await watched.leases.read('a'))?.holder).toBe('b/disk');
  await peer.peerIsBack();
  expect((await watched.leases.ownership('a')).takenOver).toBeUndefined();
  expect(await watched.leases.read('a')).toBeUndefined();
  peer.close();
});

test('a take-over whose process died after its claim is gone on with in its next life, without the lease', async () => {
  const watched = world();
  expect(await watched.leases.claim('a', { takenOver: 'b' }, 0)).toBeDefined();
  const peer = watch(watched, new Machine(watched.world, 1));
  peer.open();
  await watched.world.run(TTL / 2);
  expect(watched.done).toBe(1);
  peer.close();
});

test('frozen between the lease and the claim: the node that came back meanwhile keeps its instances', async () => {
  const watched = world();
  const { leases } = watched;
  const machine = new Machine(watched.world, 1);
  let isTaken = false;
  const slow: LeaseStore = {
    ttlMs: TTL,
    acquire: async (name, holder) => {
      const record = await leases.acquire(name, holder);
      isTaken = true;
      machine.freeze();
      // Its answer comes when the process thaws.
      await new Promise<void>((resolve) => machine.do(resolve));
      return record;
    },
    renew: (name, record) => leases.renew(name, record),
    read: (name) => leases.read(name),
    release: (name, record) => leases.release(name, record),
    ownership: (name) => leases.ownership(name),
    claim: (name, owner, revision) => leases.claim(name, owner, revision),
  };
  const peer = watch(watched, machine, slow);
  peer.open();
  await watched.world.run(3 * TTL);
  expect(isTaken).toBe(true);
  // The lease of the frozen one has run out; the node is back, and claims what is its own.
  expect(await leases.acquire('a', 'a/disk')).toBeDefined();
  const { revision } = await leases.ownership('a');
  expect(await leases.claim('a', { takenOver: undefined }, revision)).toBeDefined();
  machine.thaw();
  await watched.world.run(TTL / 2);
  expect(watched.done).toBe(0);
  expect((await leases.ownership('a')).takenOver).toBeUndefined();
  peer.close();
});

test('by hand: refused while the node holds its lease, at once when it does not, and again when it is whole', async () => {
  const watched = world();
  const peer = watch(watched, new Machine(watched.world, 1));
  const held = await watched.leases.acquire('a', 'a/disk');
  await expect(peer.byHand()).rejects.toMatchObject({
    code: 'WM7016',
    message: expect.stringContaining('a holds'),
  });
  expect(watched.done).toBe(0);
  await watched.leases.release('a', held!);
  expect(await peer.byHand()).toBe('whole');
  expect(await peer.byHand()).toBe('whole');
  peer.close();
});

test('a node that died alone is not taken over, and that is told once; by hand only if the rollback is accepted', async () => {
  const watched = world();
  const { leases } = watched;
  const peer = watch(watched, new Machine(watched.world, 1));
  const alone = { token: 1, since: Date.parse('2026-01-02T03:04:05Z') };
  let held = (await leases.acquire('a', 'a/disk'))!;
  let revision = (await leases.claim('a', { takenOver: undefined, alone }, 0))!;
  peer.open();
  await watched.world.run(TTL / 2);
  held = (await leases.renew('a', held))!;
  await watched.world.run(TTL - 1);
  // It lives.
  expect(peer.refused).toBeUndefined();
  await expect(peer.byHand(true)).rejects.toMatchObject({ code: 'WM7016' });
  await watched.world.run(5 * TTL);
  expect(peer.refused).toEqual({ node: 'a', aloneSince: alone.since });
  const refusal = {
    code: 'WM7018',
    message: expect.stringContaining('alone since 2026-01-02T03:04:05.000Z'),
    fix: expect.stringContaining('--accept-rollback'),
  };
  expect(watched.errors).toMatchObject([refusal]);
  await expect(peer.byHand()).rejects.toMatchObject(refusal);
  // It can come back at once.
  held = (await leases.acquire('a', 'a/disk'))!;
  revision = (await leases.claim('a', { takenOver: undefined }, revision))!;
  await watched.world.run(TTL - 1);
  expect(peer.refused).toBeUndefined();
  await leases.release('a', held);
  revision = (await leases.claim('a', { takenOver: undefined, alone }, revision))!;
  await watched.world.run(3 * TTL);
  expect(watched.done).toBe(0);
  expect(peer.refused).toBeDefined();
  expect(await peer.byHand(true)).toBe('whole');
  expect(peer.refused).toBeUndefined();
  expect(await leases.ownership('a')).toMatchObject({ takenOver: 'b', alone: undefined });
  peer.close();
});

test('marked between the look and the claim: the claim fails, and the next look finds the mark', async () => {
  const watched = world();
  const { leases } = watched;
  let isMarked = false;
  const slow: LeaseStore = {
    ttlMs: TTL,
    acquire: async (name, holder) => {
      const record = await leases.acquire(name, holder);
      if (!isMarked) await leases.claim('a', { takenOver: undefined, alone: { token: 1, since: 0 } }, 0);
      isMarked = true;
      return record;
    },
    renew: (name, record) => leases.renew(name, record),
    read: (name) => leases.read(name),
    release: (name, record) => leases.release(name, record),
    ownership: (name) => leases.ownership(name),
    claim: (name, owner, revision) => leases.claim(name, owner, revision),
  };
  const peer = watch(watched, new Machine(watched.world, 1), slow);
  peer.open();
  await watched.world.run(6 * TTL);
  expect(isMarked).toBe(true);
  expect(watched.done).toBe(0);
  expect(peer.refused).toMatchObject({ node: 'a' });
  // Its lease is free for it.
  expect(await leases.read('a')).toBeUndefined();
  peer.close();
});

test('a server that is behind answers when the node is back: it gets its instances all the same', async () => {
  const watched = world();
  const { leases } = watched;
  const old = (await leases.claim('a', { takenOver: 'b' }, 0))!;
  await leases.claim('a', { takenOver: 'b' }, old);
  let behind = 3;
  const slow: LeaseStore = {
    ttlMs: TTL,
    acquire: (name, holder) => leases.acquire(name, holder),
    renew: (name, record) => leases.renew(name, record),
    read: (name) => leases.read(name),
    release: (name, record) => leases.release(name, record),
    ownership: async (name) => (behind-- > 0 ? { takenOver: 'b', revision: old } : leases.ownership(name)),
    claim: (name, owner, revision) => leases.claim(name, owner, revision),
  };
  const peer = watch(watched, new Machine(watched.world, 1), slow);
  let isBack = false;
  void peer.peerIsBack().then(() => (isBack = true));
  for (let step = 0; step < 10; step++) {
    await new Promise((resolve) => void setImmediate(resolve));
    await watched.world.run(TTL / 20);
  }
  expect(isBack).toBe(true);
  expect((await leases.ownership('a')).takenOver).toBeUndefined();
});
