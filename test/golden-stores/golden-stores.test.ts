/** What earlier versions of Waymark left in flight ends in this one, with the results that it had to have. */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeOutcome } from '../../src/node/kept-outcome.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { Bench, until } from '../node/node-under-test.ts';
import { answer, type Expected } from './golden-instances.ts';

const names = (await readdir(import.meta.dirname, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== 'fixtures')
  .map((entry) => entry.name);
const DAY = 86_400_000;

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

test('there are golden stores', () => {
  expect(names).toEqual(expect.arrayContaining(['2026-11-21', '2026-11-21-generators']));
});

test.each(names)('%s: every instance goes on to its result', async (name) => {
  const folder = join(import.meta.dirname, name);
  const expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Expected[];
  const data = join(bench.root, 'data');
  await cp(join(folder, 'data'), data, { recursive: true });
  const store = await openSqliteStore({ directory: data });
  await answer(bench.client, 'next');
  // A day later all sleeps are over.
  const node = await bench.node({ store, environment: { now: () => Date.now() + DAY } });
  await node.recovered;
  expect(node.status().quarantine).toEqual([]);
  for (const { script, requestId, fails } of expected) {
    if (!fails) continue;
    const failed = await store.findRequest(script, requestId);
    expect(failed).toMatchObject({ status: 'failed', sequence: 1 });
    expect(await node.retry(failed!.id)).toBe(true);
  }
  const found = await Promise.all(
    expected.map(async ({ script, requestId, fails }) => {
      const find = (): ReturnType<typeof store.findRequest> => store.findRequest(script, requestId);
      await until(async () => (await find())?.status !== 'running');
      const { status, outcome } = (await find())!;
      const { body } = decodeOutcome(outcome);
      return {
        script,
        requestId,
        fails,
        status,
        result: JSON.parse(new TextDecoder().decode(body)) as unknown,
      };
    }),
  );
  expect(found).toEqual(expected.map((instance) => ({ ...instance, status: 'completed' })));
  expect(bench.problems()).toEqual([]);
});
