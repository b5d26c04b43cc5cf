/**
 * kill -9 at random points of imports with skips and retries. With a transactional writer every row is there once; with a plain one at least once, and what
 * is there twice are rows of chunks that were under way.
 *
 *     WAYMARK_KILLS=200 npx vitest run test/batch/killed-csv-imports.test.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATABASES } from '../database/databases-under-test.ts';

const KILLS = Number(process.env['WAYMARK_KILLS'] ?? 6);
const SEED = Number(process.env['WAYMARK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const CHUNK = 20;
/** Lives of a few chunks each, and some chunks for the last one. */
const ROWS = CHUNK * (KILLS * 4 + 40);
const program = fileURLToPath(new URL('./killed-csv-import-process.ts', import.meta.url));
let folder: string;
let file: string;
let expected: number[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-killed-imports-'));
  file = join(folder, 'rows.csv');
  const ids = Array.from({ length: ROWS }, (_, index) => index + 1);
  const lines = ids.map((id) =>
    id % 37 === 0 ? `${id},"x` : id % 23 === 0 ? `${id},a,b` : `${id},"text ${id}"`,
  );
  await writeFile(file, `id,text\n${lines.join('\n')}\n`);
  expected = ids.filter((id) => id % 37 !== 0 && id % 23 !== 0 && id % 41 !== 0 && id % 50 !== 1);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** @param chunks Killed when it has printed so many; undefined: never. @returns whether it ended by itself */
async function live(args: readonly string[], chunks: number | undefined, pauseMs: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [seen, errors] = [0, ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text.split('\n').length - 1;
    if (chunks !== undefined && seen >= chunks) setTimeout(() => child.kill('SIGKILL'), pauseMs);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') return false;
  expect({ code, signal, errors }).toEqual({ code: 0, signal: null, errors: '' });
  return true;
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CASES = [
  ['sqlite', 'transactional'],
  ['postgres', 'transactional'],
  ['sqlite', 'plain'],
] as const;

test.each(CASES)('%s, %s writer', { timeout: 60_000 + KILLS * 60_000 }, async (database, kind) => {
  process.stderr.write(`killed imports, ${database} ${kind}: seed ${SEED}, ${KILLS} kills\n`);
  const random = randomOf(SEED);
  const under = await DATABASES[database]!();
  const open = await under.open();
  await open.execute('CREATE TABLE item (id INTEGER NOT NULL)');
  const place = join(folder, `${database}-${kind}`);
  let kills = 0;
  for (let life = 1; ; life++) {
    const chunks = kills < KILLS ? 1 + Math.floor(random() * 5) : undefined;
    if (await live([under.address, place, file, kind, String(life)], chunks, random() * 3)) break;
    kills++;
  }
  expect(kills).toBeGreaterThan(KILLS / 2);
  const found = (await open.query<{ id: number }>('SELECT id FROM item ORDER BY id')).map(({ id }) => id);
  if (kind === 'transactional') expect(found).toEqual(expected);
  else {
    expect([...new Set(found)]).toEqual(expected);
    const twice = found.length - expected.length;
    process.stderr.write(
      `killed imports: ${twice} of ${found.length} rows were written again by ${kills} kills\n`,
    );
    expect(twice).toBeLessThanOrEqual(kills * CHUNK);
  }
  await open.close();
  await under.remove();
});
