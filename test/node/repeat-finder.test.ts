import { afterEach, beforeEach, expect, test } from 'vitest';
import { RepeatFinder, type RepeatFinderInit } from '../../src/node/repeat-finder.ts';
import { Bench, until } from './node-under-test.ts';

const FOR_EVER = 2 ** 31 - 1;
let bench: Bench;
let errors: unknown[];
beforeEach(async () => {
  bench = await Bench.open();
  errors = [];
});
afterEach(async () => {
  await bench.close();
  expect(errors).toEqual([]);
});

interface Member {
  readonly finder: RepeatFinder;
  readonly init: { -readonly [Key in keyof RepeatFinderInit]: RepeatFinderInit[Key] };
  readonly taken: string[];
}

async function member(nodeId: string, mine: readonly string[] = []): Promise<Member> {
  const taken: string[] = [];
  const transport = await bench.transport();
  const init: Member['init'] = {
    transport,
    nodeId,
    waitMs: FOR_EVER,
    takeOver: async (script, requestId, replyTo) => {
      if (!mine.includes(`${script}/${requestId}`)) return false;
      taken.push(String(replyTo));
      return true;
    },
    hasCopy: async () => false,
    answerFromCopy: async () => false,
    reportError: (error) => errors.push(error),
  };
  const finder = new RepeatFinder(init);
  await finder.open();
  bench.onClose(async () => {
    await finder.close();
    await transport.close();
  });
  return { finder, init, taken };
}

test('the one that has it takes the requester over; a question that nobody can answer ends when all have said no', async () => {
  const a = await member('a');
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(false);
  const b = await member('b', ['s/r']);
  const c = await member('c');
  await until(() => [a, b, c].every(({ finder }) => finder.others.size === 2));
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(true);
  expect(await c.finder.askOthers('s', 'r', undefined)).toBe(true);
  expect(b.taken).toEqual(['to', 'undefined']);
  expect(await a.finder.askOthers('s', 'other', 'to')).toBe(false);
  expect(await b.finder.askOthers('s', 'r', 'to')).toBe(false);
});

test('who leaves is not waited for; who dies is waited for once', async () => {
  const a = await member('a');
  const b = await member('b');
  const c = await member('c');
  await until(() => a.finder.others.size === 2);
  await b.finder.close();
  await until(() => a.finder.others.size === 1);
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(false);

  c.init.takeOver = () => new Promise(() => {});
  a.init.waitMs = 30;
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(false);
  a.init.waitMs = FOR_EVER;
  expect(a.finder.others.size).toBe(0);
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(false);
  // Heard of again: it counts again.
  c.init.takeOver = async () => true;
  expect(await c.finder.askOthers('s', 'x', 'to')).toBe(false);
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(true);
});

test('when the one that has it is away, the one that keeps a copy replies, and nobody starts it again', async () => {
  const a = await member('a');
  const b = await member('b');
  const c = await member('c');
  await until(() => [a, b, c].every(({ finder }) => finder.others.size === 2));
  const answered: string[] = [];
  b.init.hasCopy = async (script, requestId) => `${script}/${requestId}` === 's/r';
  b.init.answerFromCopy = async (script, requestId, replyTo) => {
    answered.push(`${script}/${requestId} ${replyTo}`);
    return true;
  };
  // It would have it too, but it is not asked: another one said first that it has a copy.
  c.init.answerFromCopy = async () => {
    throw new Error('not asked');
  };
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(true);
  expect(answered).toEqual(['s/r to']);
  expect(await a.finder.askOthers('s', 'other', 'to')).toBe(false);
  // The copy went between the two questions: then nobody has it.
  b.init.answerFromCopy = async () => false;
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(false);
  // The owner is back: it is asked before any copy.
  c.init.takeOver = async () => true;
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(true);
  // Who has the copy does not answer: nothing is started either.
  c.init.takeOver = async () => false;
  b.init.answerFromCopy = () => new Promise(() => {});
  a.init.waitMs = 30;
  expect(await a.finder.askOthers('s', 'r', 'to')).toBe(true);
  expect(answered).toHaveLength(1);
});
