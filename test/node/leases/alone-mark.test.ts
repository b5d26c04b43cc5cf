/** The mark of a node that is alone: writes whose answers are lost or that arrive late, earlier lives, take-overs meanwhile. */
import { expect, test } from 'vitest';
import { AloneMark } from '../../../src/node/leases/alone-mark.ts';
import type { LeaseStore, Owner } from '../../../src/transport/lease-store.ts';
import { InProcessLeases } from '../../../src/transport/local/in-process-leases.ts';
import { Machine, World } from './virtual-world.ts';

const TTL = 1000;
const OWN = { takenOver: undefined };

/** A node `a` that has begun its life, marked, and an engine that does what it is told with each write. */
class Scene {
  readonly world = new World(3);
  readonly leases = new InProcessLeases(TTL, () => this.world.time);
  readonly lost: string[] = [];
  readonly writes: Owner[] = [];
  /** How the next writes fare: done, done without an answer, not done until `arrive`, or answered after `thaw`. */
  fates: ('done' | 'answer lost' | 'late')[] = [];
  late: (() => Promise<number | undefined>)[] = [];
  /** What a server that is behind says. */
  behind: { takenOver: string | undefined; revision: number }[] = [];
  token: number | undefined = 5;

  readonly store: LeaseStore = {
    ttlMs: TTL,
    acquire: (name, holder) => this.leases.acquire(name, holder),
    renew: (name, record) => this.leases.renew(name, record),
    read: (name) => this.leases.read(name),
    release: (name, record) => this.leases.release(name, record),
    ownership: async (name) => this.behind.shift() ?? this.leases.ownership(name),
    claim: async (name, owner, revision) => {
      this.writes.push(owner);
      const write = (): Promise<number | undefined> => this.leases.claim(name, owner, revision);
      const fate = this.fates.shift() ?? 'done';
      if (fate === 'late') this.late.push(write);
      else {
        const written = await write();
        if (fate === 'done') return written;
      }
      throw new Error('no answer');
    },
  };

  async node(): Promise<AloneMark> {
    const mark = new AloneMark({
      leases: this.store,
      name: 'a',
      token: () => this.token,
      environment: new Machine(this.world, 1).environment,
      lost: (reason) => this.lost.push(reason),
      reportError: () => {},
    });
    const { revision } = await this.leases.ownership('a');
    const alone = { token: 5, since: 1 };
    mark.begin(1, (await this.leases.claim('a', { ...OWN, alone }, revision))!);
    return mark;
  }

  async isMarked(): Promise<boolean> {
    return (await this.leases.ownership('a')).alone !== undefined;
  }

  /** What is due by then, and all that follows from it. */
  async passes(ms: number): Promise<void> {
    for (let step = 0; step < 50; step++) {
      await new Promise((resolve) => void setImmediate(resolve));
      await this.world.run(ms / 50);
    }
  }

  /** Whether it has resolved after a while. */
  async resolves(promise: Promise<void>): Promise<boolean> {
    let isDone = false;
    void promise.then(() => (isDone = true));
    await this.passes(TTL);
    return isDone;
  }
}

test('it is there from the start, goes, and comes back with another time; what is so already is not written again', async () => {
  const scene = new Scene();
  const mark = await scene.node();
  expect(await scene.resolves(mark.set())).toBe(true);
  expect(scene.writes).toEqual([]);
  expect(await scene.resolves(mark.clear())).toBe(true);
  expect(await scene.isMarked()).toBe(false);
  const all = Promise.all([mark.set(), mark.set(), mark.clear(), mark.set()]);
  expect(await scene.resolves(all.then(() => {}))).toBe(true);
  expect(scene.writes.map(({ alone }) => alone !== undefined)).toEqual([false, true, false, true]);
  expect((await scene.leases.ownership('a')).alone).toEqual({ token: 5, since: expect.any(Number) });
  expect((await scene.leases.ownership('a')).alone!.since).toBeGreaterThan(1e12);
});

test.each(['answer lost', 'late'] as const)(
  'writes whose fate is "%s" are made certain by another one',
  async (fate) => {
    const scene = new Scene();
    const mark = await scene.node();
    scene.fates = [fate, fate];
    expect(await scene.resolves(mark.clear())).toBe(true);
    expect(await scene.isMarked()).toBe(false);
    scene.fates = [fate, fate];
    expect(await scene.resolves(mark.set())).toBe(true);
    for (const write of scene.late) expect(await write()).toBeUndefined();
    expect(await scene.isMarked()).toBe(true);
  },
);

test('a removal that is still on its way does not remove the mark that was set after it', async () => {
  const scene = new Scene();
  const mark = await scene.node();
  // Nobody knows what became of it, nor of the attempts that follow; then the node is alone again.
  scene.fates = ['late', 'late'];
  void mark.clear();
  const set = mark.set();
  expect(await scene.resolves(set)).toBe(true);
  expect(scene.writes.at(-1)!.alone).toBeDefined();
  for (const write of scene.late) expect(await write()).toBeUndefined();
  expect(await scene.isMarked()).toBe(true);
});

test('whoever was taken over meanwhile never acknowledges alone, and ends', async () => {
  const scene = new Scene();
  const mark = await scene.node();
  await mark.clear();
  const { revision } = await scene.leases.ownership('a');
  await scene.leases.claim('a', { takenOver: 'b' }, revision);
  expect(await scene.resolves(mark.set())).toBe(false);
  expect(scene.lost).toEqual(['b has its instances']);
  expect(await scene.leases.ownership('a')).toMatchObject({ takenOver: 'b', alone: undefined });
});

test('a server that is behind says what was before this life: that is not believed', async () => {
  const scene = new Scene();
  const mark = await scene.node();
  await mark.clear();
  scene.fates = ['answer lost'];
  scene.behind = [
    { takenOver: 'b', revision: 0 },
    { takenOver: undefined, revision: 0 },
  ];
  expect(await scene.resolves(mark.set())).toBe(true);
  expect(scene.lost).toEqual([]);
  expect(await scene.isMarked()).toBe(true);
});

test.each([
  ['its lease is over', undefined, []],
  ['its clock says that its lease is not', 5, ['a later life of it has its instances']],
])('an earlier life that wakes up late changes nothing: %s', async (_, token, lost) => {
  const scene = new Scene();
  const mark = await scene.node();
  scene.fates = ['late', 'late', 'late'];
  void mark.clear();
  await scene.passes(TTL / 100);
  // The next life has another disk; it waited for the lease.
  const { revision } = await scene.leases.ownership('a');
  const alone = { token: 9, since: 2 };
  expect(await scene.leases.claim('a', { ...OWN, alone }, revision)).toBeDefined();
  scene.token = token;
  await scene.passes(TTL);
  for (const write of scene.late) expect(await write()).toBeUndefined();
  expect((await scene.leases.ownership('a')).alone).toEqual(alone);
  expect(scene.lost).toEqual(lost);
});
