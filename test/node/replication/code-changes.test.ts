/** Code and changes of code on the peer: a copy has either the old code and checkpoint, or the new ones. */
import { afterEach, expect, test } from 'vitest';
import type { CheckpointStore } from '../../../src/store/checkpoint-store.ts';
import { contentOf, Pair } from './pair.ts';

let pair: Pair;
afterEach(() => pair.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const head = (id: string, sequence = 1, codeHash = 'old') => {
  return { id, script: 'pay', requestId: undefined, codeHash, sequence, createdAt: 1, at: 2 };
};
const save = (id: string, codeHash = 'old') => ({
  ...head(id, 1, codeHash),
  snapshot: bytes(`${id} in ${codeHash}`),
});
const change = (id: string) => {
  const from = { codeHash: 'old', sequence: 1 };
  return { id, from, codeHash: 'new', snapshot: bytes(`${id} in new`) };
};

async function started(): Promise<CheckpointStore> {
  pair = new Pair();
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  return pair.replicated;
}
const copies = (): CheckpointStore => pair.homes.get('a')!.store;
async function expectSame(): Promise<void> {
  expect(await contentOf(copies())).toEqual(await contentOf(pair.store));
}

test('running and failed instances change on both sides; what is called beside it comes in the same order', async () => {
  const store = await started();
  await store.saveCode('old', bytes('old code'));
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => store.save(save(id))));
  await store.fail({ ...head('b'), outcome: bytes('b failed') });
  await store.saveCode('new', bytes('new code'));
  expect(await store.changeCode(change('a'))).toBe(true);
  expect(await store.changeCode(change('b'))).toBe(true);
  expect(await copies().load('b')).toMatchObject({
    status: 'failed',
    codeHash: 'new',
    snapshot: bytes('b in new'),
  });
  const results = await Promise.all([
    store.changeCode(change('c')),
    store.purge('c'),
    store.complete({ ...head('d'), outcome: bytes('d ended') }),
    store.changeCode(change('d')),
    store.changeCode(change('e')),
    store.retry('b', 9),
  ]);
  expect(results).toEqual([true, true, undefined, false, true, true]);
  await expectSame();
  expect(await copies().load('c')).toBeUndefined();
  expect(await copies().load('b')).toMatchObject({ status: 'running', codeHash: 'new' });
  expect(pair.errors).toEqual([]);
});

test('a change that the peer cannot make for want of the code ends the session; then it gets both', async () => {
  const store = await started();
  await store.saveCode('old', bytes('old code'));
  await store.save(save('a'));
  // Saved without the peer.
  await pair.store.saveCode('new', bytes('new code'));
  expect(await store.changeCode(change('a'))).toBe(true);
  await pair.inStep();
  await expectSame();
  expect(await copies().loadCode('new')).toEqual(bytes('new code'));
});

test('a change made while the node stood still is found by comparing', async () => {
  const store = await started();
  await store.saveCode('old', bytes('old code'));
  await store.save(save('a'));
  await pair.killNode();
  await pair.store.saveCode('new', bytes('new code'));
  expect(await pair.store.changeCode(change('a'))).toBe(true);
  await pair.startNode();
  await pair.inStep();
  await expectSame();
  expect(await copies().load('a')).toMatchObject({ codeHash: 'new', snapshot: bytes('a in new') });
  expect(await copies().loadCode('new')).toEqual(bytes('new code'));
});

test('code that was saved while the peer was away is there when the first checkpoint names it', async () => {
  pair = new Pair();
  await pair.startNode();
  await pair.replicated.saveCode('old', bytes('old code'));
  pair.codeInUse = ['old'];
  await pair.startPeer();
  await pair.inStep();
  await pair.replicated.save(save('a'));
  expect(await copies().loadCode('old')).toEqual(bytes('old code'));
});

test('code that no instance needs any more is dropped on both sides, in its place among the records', async () => {
  const store = await started();
  await store.saveCode('old', bytes('old code'));
  await store.save(save('a'));
  await store.saveCode('new', bytes('new code'));
  // About to be named: its owner keeps it.
  await store.dropUnusedCode(new Set(['new']));
  const done = [
    store.save(save('b', 'new')),
    store.complete({ ...head('a'), outcome: bytes('a ended') }),
    store.dropUnusedCode(new Set()),
    store.saveCode('old', bytes('old code again')),
    store.save(save('c')),
  ];
  await Promise.all(done);
  expect(await copies().loadCode('old')).toEqual(bytes('old code again'));
  expect(await copies().loadCode('new')).toEqual(bytes('new code'));
  await Promise.all([store.purge('b'), store.purge('c'), store.dropUnusedCode(new Set())]);
  await store.save(save('d', 'other'));
  expect(await copies().loadCode('old')).toBeUndefined();
  expect(await copies().loadCode('new')).toBeUndefined();
  await expectSame();
});

test('code whose last instance ended while the peer was away is dropped when all copies are there again', async () => {
  const store = await started();
  await store.saveCode('old', bytes('old code'));
  await store.saveCode('new', bytes('new code'));
  await store.save(save('a'));
  await store.save(save('b', 'new'));
  await pair.stopPeer();
  await store.complete({ ...head('a'), outcome: bytes('a ended') });
  await store.dropUnusedCode(new Set());
  await pair.startPeer();
  await pair.inStep();
  await store.save(save('c', 'new'));
  expect(await copies().loadCode('old')).toBeUndefined();
  expect(await copies().loadCode('new')).toEqual(bytes('new code'));
});

test('a peer without the feature is sent no record that it does not know', async () => {
  pair = new Pair();
  pair.peerSpeaks = { oldest: 1, newest: 1, features: [] };
  await pair.startPeer();
  await pair.startNode();
  await pair.inStep();
  const store = pair.replicated;
  await store.saveCode('old', bytes('old code'));
  expect(await store.dropUnusedCode(new Set())).toEqual(['old']);
  await store.save(save('a', 'new'));
  expect(await copies().loadCode('old')).toEqual(bytes('old code'));
  expect(pair.errors).toEqual([]);
});
