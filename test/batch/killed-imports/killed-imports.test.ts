/**
 * kill -9 at random points of imports with skips and retries. With a transactional writer every row is there once; with a plain one at least once, and what
 * is there twice are rows of chunks that were under way. `npm run kills` does the same 200 times each.
 */
import { expect, test } from 'vitest';
import { CASES, killedImport } from './killed-import.ts';

const KILLS = 6;
const SEED = Number(process.env['WAYMARK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test.each(CASES)('%s, %s writer', { timeout: 300_000 + KILLS * 60_000 }, async (database, kind) => {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say(`killed imports, ${database} ${kind}: seed ${SEED}, ${KILLS} kills`);
  const result = await killedImport([database, kind] as (typeof CASES)[number], KILLS, SEED, say);
  expect(result.kills).toBe(KILLS);
  expect(result.skips).toBeGreaterThan(0);
  if (kind === 'transactional') expect(result.again).toBe(0);
});
