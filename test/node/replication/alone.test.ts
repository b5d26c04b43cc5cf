/** With leases: what a node acknowledges when its peer does not have it, and when it says so. */
import { afterEach, expect, test } from 'vitest';
import { until } from '../node-under-test.ts';
import { Pair } from './pair.ts';

const pairs: Pair[] = [];
afterEach(async () => {
  for (const pair of pairs.splice(0)) await pair.close();
});

/** Says when it is asked to; remembers what it was asked for. */
class Mark {
  readonly asked: string[] = [];
  readonly #set = Promise.withResolvers<void>();
  cleared: () => Promise<void> = async () => {};

  set(): Promise<void> {
    this.asked.push('set');
    return this.#set.promise;
  }

  clear(): Promise<void> {
    this.asked.push('clear');
    return this.cleared();
  }

  confirm(): void {
    this.#set.resolve();
  }
}

function pairWith(mark: Mark): Pair {
  const pair = new Pair();
  pair.alone = mark;
  pairs.push(pair);
  return pair;
}

const save = (pair: Pair, id: string, sequence: number): Promise<void> =>
  pair.replicated.save({
    id,
    script: 'order',
    requestId: id,
    codeHash: 'hash',
    sequence,
    createdAt: 1,
    at: sequence,
    snapshot: Uint8Array.of(sequence),
  });

const LATE = Symbol('late');
const within = <T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> =>
  Promise.race([promise, new Promise<typeof LATE>((resolve) => setTimeout(resolve, ms, LATE))]);

test('without its peer a checkpoint waits for the mark; code and expired results do not', async () => {
  const mark = new Mark();
  const pair = pairWith(mark);
  await pair.startNode();
  await pair.replicated.saveCode('hash', Uint8Array.of(1));
  await pair.replicated.expireResults(0);
  expect(mark.asked).toEqual([]);
  const saved = save(pair, 'one', 1);
  expect(await within(saved, 50)).toBe(LATE);
  // On this disk it is.
  expect(await pair.store.load('one')).toMatchObject({ sequence: 1 });
  mark.confirm();
  await saved;
});

test('a checkpoint that the peer does not acknowledge in time waits for the mark, which goes when the peer has it', async () => {
  const mark = new Mark();
  const pair = pairWith(mark);
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  await save(pair, 'one', 1);
  expect(mark.asked).toEqual(['clear']);
  pair.network.mode = 'cut';
  const saved = save(pair, 'one', 2);
  await until(() => mark.asked.includes('set'));
  expect(await within(saved, 50)).toBe(LATE);
  expect(mark.asked).toEqual(['clear', 'set']);
  mark.confirm();
  await saved;
  mark.cleared = async () =>
    expect(await (await pair.copiesStore()).load('one')).toMatchObject({ sequence: 2 });
  pair.network.mode = 'good';
  await pair.inStep();
  expect(mark.asked).toEqual(['clear', 'set', 'clear']);
  expect(pair.errors).toEqual([]);
});

test('when the mark goes the peer has what was acknowledged at the last moment; what comes then waits for the peer', async () => {
  const mark = new Mark();
  mark.confirm();
  const pair = pairWith(mark);
  await pair.startPeer();
  pair.afterCatchUp = () => save(pair, 'late', 1);
  const copies = await pair.copiesStore();
  const clearing = Promise.withResolvers<void>();
  const cleared = Promise.withResolvers<void>();
  let atPeer: unknown;
  mark.cleared = async () => {
    atPeer = await copies.load('late');
    clearing.resolve();
    await cleared.promise;
  };
  await pair.startNode();
  await clearing.promise;
  expect(atPeer).toMatchObject({ sequence: 1 });
  expect(mark.asked).toEqual(['set', 'clear']);
  await save(pair, 'later', 1);
  // Not under the mark, which may be gone by now.
  expect(mark.asked).toEqual(['set', 'clear']);
  expect(await copies.load('later')).toMatchObject({ sequence: 1 });
  expect(pair.sender.status.state).toBe('catching-up');
  cleared.resolve();
  await pair.inStep();
});

test('the peer goes away while the mark goes: what waits for it waits for the mark again', async () => {
  const mark = new Mark();
  const pair = pairWith(mark);
  await pair.startPeer();
  const clearing = Promise.withResolvers<void>();
  mark.cleared = () => {
    clearing.resolve();
    return new Promise(() => {});
  };
  await pair.startNode();
  await clearing.promise;
  pair.network.mode = 'cut';
  const saved = save(pair, 'one', 1);
  await until(() => mark.asked.includes('set'));
  expect(await within(saved, 50)).toBe(LATE);
  expect(mark.asked).toEqual(['clear', 'set']);
  expect(pair.sender.status.state).toBe('alone');
  mark.confirm();
  await saved;
});

test('what waits for the peer when the node is closed is never acknowledged', async () => {
  const mark = new Mark();
  mark.confirm();
  const pair = pairWith(mark);
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  pair.network.mode = 'silent';
  const saved = save(pair, 'one', 1);
  await pair.killNode();
  expect(await within(saved, 100)).toBe(LATE);
  expect(await within(save(pair, 'two', 1), 100)).toBe(LATE);
  expect(mark.asked).toEqual(['clear']);
});
