/** What follows a checkpoint has the same operation numbers, whichever of `commit` and `recover` has run. */
import { expect, test } from 'vitest';
import { OneInstance, turn } from './one-instance.ts';

/** Settles whatever is armed until the script has ended; gives what was published, with its number. */
async function published(run: OneInstance): Promise<[string, number][]> {
  for (let done = 0; ; done++) {
    await turn();
    const next = run.armed[done];
    if (next === undefined) break;
    run.settle(next.number);
  }
  await run.result();
  return run.armed.flatMap(({ number, request }) =>
    request.kind === 'publish' ? [[request.subject, number] as [string, number]] : [],
  );
}

const cases: Record<string, string> = {
  'commit sends, recover is missing': `{ commit: () => publish('c') }`,
  'recover sends, commit is missing': `{ recover: () => publish('r') }`,
  'both send, and not the same number of messages': `{
    commit: () => publish('c'),
    recover: async () => { await publish('r'); await publish('r'); await publish('r'); },
  }`,
  'commit sends after awaits': `{
    commit: async () => { await null; await publish('c'); await sleep(1); return publish('c'); },
  }`,
  'commit throws after a message': `{
    commit: async () => { await publish('c'); throw new Error('no'); },
    recover: () => { throw new Error('no'); },
  }`,
  'neither does anything': '{}',
};

test.each(Object.entries(cases))('%s', async (_name, options) => {
  const source = `
    import { checkpoint, publish, sleep } from 'waymark';
    export default async function main() {
      await publish('before');
      await checkpoint(${options}).catch(() => undefined);
      await publish('first');
      await checkpoint();
      await publish('second');
    }`;
  const run = await OneInstance.start(source);
  const all = await published(run);
  const [first] = run.saved;
  const again = await published(run.restore(first!.snapshot));
  const after = ([subject]: [string, number]): boolean => subject === 'first' || subject === 'second';
  expect(again.filter(after)).toEqual(all.filter(after));
  expect(all.filter(after)).toHaveLength(2);
  // No number of a message of commit or recover is one of a message that follows.
  const numbers = new Set(all.filter(after).map(([, number]) => number));
  expect([...all, ...again].filter((entry) => !after(entry) && numbers.has(entry[1]))).toEqual([]);
});
