/** Damage on either side of a pair: the sound copy is taken, and what cannot be read is nobody's loss. */
import { afterEach, expect, test } from 'vitest';
import { giveUpTaken } from '../../../src/node/replication/coming-back.ts';
import { TakeOver } from '../../../src/node/replication/take-over.ts';
import type { InstanceLook, StoredInstance } from '../../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../../src/store/memory/memory-store.ts';
import { Pair } from './pair.ts';

let pair: Pair;
afterEach(() => pair.close());

/** Says of some instances that their rows are damaged, until they are written again. */
class DamagedStore extends MemoryStore {
  readonly damaged = new Set<string>();

  #seen(instance: StoredInstance): StoredInstance {
    if (!this.damaged.has(instance.id)) return instance;
    return { ...instance, snapshot: undefined, outcome: undefined, damaged: 'checksum of the row' };
  }

  override async load(id: string): Promise<StoredInstance | undefined> {
    const instance = await super.load(id);
    return instance && this.#seen(instance);
  }

  override async page(after: string, limit: number): Promise<readonly InstanceLook[]> {
    const looks = await super.page(after, limit);
    return looks.map((look) =>
      this.damaged.has(look.id) ? { ...look, damaged: 'checksum of the row' } : look,
    );
  }

  override async *unfinished(): AsyncGenerator<readonly StoredInstance[], void> {
    for await (const page of super.unfinished()) yield page.map((instance) => this.#seen(instance));
  }

  override async save(write: Parameters<MemoryStore['save']>[0]): Promise<void> {
    this.damaged.delete(write.id);
    await super.save(write);
  }
}

const save = (id: string) => ({
  id,
  script: 'pay',
  requestId: undefined,
  codeHash: 'h1',
  sequence: 1,
  createdAt: 1,
  at: 2,
  snapshot: new TextEncoder().encode(id),
});

test('a checkpoint that is damaged on disk comes back from the peer, and nothing there is removed', async () => {
  pair = new Pair();
  const store = (pair.store = new DamagedStore());
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  for (const id of ['i1', 'i2', 'i3']) await pair.replicated.save(save(id));
  await pair.killNode();
  store.damaged.add('i2');
  // A row of which not even the id is known stands for it.
  await store.purge('i3');
  await pair.startNode();
  await pair.inStep();
  expect(pair.tookBack.map(({ id }) => id).toSorted()).toEqual(['i2', 'i3']);
  expect(await store.load('i2')).toMatchObject({ damaged: undefined, snapshot: save('i2').snapshot });
  expect(await store.load('i3')).toMatchObject({ snapshot: save('i3').snapshot });
});

test('an instance whose copy is damaged is left out of a take-over, and goes on where it came from', async () => {
  pair = new Pair();
  const copies = new DamagedStore();
  pair.homes.set('a', { store: copies, label: { store: undefined, takenOver: undefined }, taken: [] });
  const receiver = await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  await pair.replicated.saveCode('h1', new TextEncoder().encode('code'));
  for (const id of ['i1', 'i2', 'i3']) await pair.replicated.save(save(id));
  await pair.killNode();
  copies.damaged.add('i2');
  const restored: string[] = [];
  const adopter = new MemoryStore();
  const takeOver = new TakeOver({
    receiver,
    store: adopter,
    now: () => 777,
    restore: async ({ id }) => void restored.push(id),
    reportError: (error) => pair.errors.push(error),
  });
  const comingBack = await pair.comingBack();
  // Nobody has taken it over yet.
  expect(await giveUpTaken(comingBack)).toBe(false);
  expect(await takeOver.run('a')).toMatchObject({ running: 2 });
  expect(restored).toEqual(['i1', 'i3']);
  expect(pair.errors).toMatchObject([{ message: expect.stringContaining('i2 is damaged') }]);
  expect(await copies.page('', 10)).toEqual([]);
  expect(await copies.loadCode('h1')).toBeUndefined();
  expect(await adopter.loadCode('h1')).toBeDefined();
  expect(await giveUpTaken(comingBack)).toBe(true);
  expect((await pair.store.page('', 10)).map(({ id }) => id)).toEqual(['i2']);
  expect((await receiver.label('a')).takenOver).toBeUndefined();
});
