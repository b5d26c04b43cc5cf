/**
 * One import with skips and retries that is killed with kill -9 a given number of times, and what is in its table after each kill and at the end.
 *
 * Rules that are checked, after every kill too:
 * 1. No row is lost: those that are there are the first ones of the file that belong there, without a gap.
 * 2. With a transactional writer none is there twice.
 * 3. With a plain writer one life writes at most one chunk again: the one that was under way when the life before was killed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlDatabase } from '../../../src/database/sql-database.ts';
import { DATABASES } from '../../database/databases-under-test.ts';
import { CHUNK, writeImportFile } from './import-file.ts';
import { randomOf } from './random.ts';

export const CASES = [
  ['sqlite', 'transactional'],
  ['postgres', 'transactional'],
  ['sqlite', 'plain'],
] as const;

export interface KilledImport {
  readonly kills: number;
  /** Of them, before the life had made a chunk. */
  readonly killsAtStart: number;
  readonly rows: number;
  readonly chunks: number;
  readonly skips: number;
  readonly retries: number;
  /** Rows written again, in all and at most after one kill; and how many kills had such rows. */
  readonly again: number;
  readonly mostAgain: number;
  readonly killsWithRowsAgain: number;
  readonly seconds: number;
}

interface Life {
  readonly killed: boolean;
  readonly chunks: number;
  readonly skips: number;
  readonly retries: number;
}

/** When a life is killed: so long after it has told of so many chunks; 0 chunks: after it was started. */
interface Death {
  readonly chunks: number;
  readonly afterMs: number;
}

const program = fileURLToPath(new URL('./import-process.ts', import.meta.url));

/** @throws Error if a rule does not hold */
export async function killedImport(
  [database, kind]: (typeof CASES)[number],
  kills: number,
  seed: number,
  say: (text: string) => void,
): Promise<KilledImport> {
  const began = performance.now();
  const random = randomOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'wm-killed-import-'));
  const under = await DATABASES[database]!();
  let table: SqlDatabase | undefined;
  try {
    const file = join(folder, 'rows.csv');
    // A life makes a few chunks, and some are left for the last one.
    const expected = await writeImportFile(file, CHUNK * (kills * 15 + 60));
    table = await under.open();
    await table.execute('CREATE TABLE item (id INTEGER NOT NULL)');
    const lives: Life[] = [];
    const again: number[] = [];
    let [before, done, killed] = [0, 0, 0];
    for (let round = 1; ;) {
      const number = lives.length + 1;
      const jobs = join(folder, `jobs-${round}`);
      const args = [under.address, jobs, file, kind, String(number), String(seed + number)];
      const life = await live(args, killed === kills ? undefined : deathOf(random));
      lives.push(life);
      if (life.killed) killed++;
      const { rows, different, last } = await contents(table);
      const where = `${database} ${kind}, seed ${seed}, life ${number}`;
      if (different !== expected.indexOf(last) + 1)
        throw new Error(
          `${where}: ${different} rows up to ${last}, which is row ${expected.indexOf(last) + 1}`,
        );
      const twice = rows - different;
      if (kind === 'transactional' && twice > 0) throw new Error(`${where}: ${twice} rows are there twice`);
      if (twice - before > CHUNK) throw new Error(`${where}: ${twice - before} rows were written again`);
      again.push(twice - before);
      before = twice;
      if (number % 25 === 0) say(`${where}: ${rows} rows, ${twice} of them again`);
      if (life.killed) continue;
      if (different !== expected.length) throw new Error(`${where}: ${different} of ${expected.length} rows`);
      done += different;
      if (killed < kills) {
        // A busy machine kills so late that the import is through: the next one begins.
        await table.execute('DELETE FROM item');
        before = 0;
        round++;
        continue;
      }
      return {
        kills: killed,
        killsAtStart: lives.filter((one) => one.killed && one.chunks === 0).length,
        rows: done,
        chunks: total(lives.map(({ chunks }) => chunks)),
        skips: total(lives.map(({ skips }) => skips)),
        retries: total(lives.map(({ retries }) => retries)),
        again: total(again),
        mostAgain: Math.max(...again),
        killsWithRowsAgain: again.filter((count) => count > 0).length,
        seconds: (performance.now() - began) / 1000,
      };
    }
  } finally {
    await table?.close();
    await under.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function deathOf(random: () => number): Death {
  // A tenth of them while the process starts, opens its files and takes its lease over.
  return random() < 0.1
    ? { chunks: 0, afterMs: 200 + random() * 600 }
    : { chunks: 1 + Math.floor(random() * 5), afterMs: random() * 4 };
}

async function contents(table: SqlDatabase): Promise<{ rows: number; different: number; last: number }> {
  const [found] = await table.query<{ n: number; different: number; last: number | null }>(
    'SELECT count(*) AS n, count(DISTINCT id) AS different, max(id) AS last FROM item',
  );
  return { rows: found!.n, different: found!.different, last: found!.last ?? 0 };
}

/** @param death Undefined: it comes to its end. */
async function live(args: readonly string[], death: Death | undefined): Promise<Life> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors, chunks] = ['', '', 0];
  let timer: NodeJS.Timeout | undefined;
  const kill = ({ afterMs }: Death): void => {
    timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
  };
  if (death?.chunks === 0) kill(death);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    chunks += text.split('chunk').length - 1;
    if (death !== undefined && chunks >= death.chunks) kill(death);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  const killed = signal === 'SIGKILL';
  if (!killed && (code !== 0 || errors !== ''))
    throw new Error(`the import has ended with ${code ?? signal}: ${errors}`);
  const count = (line: string): number => output.split('\n').filter((one) => one === line).length;
  return { killed, chunks: count('chunk'), skips: count('skip'), retries: count('retry') };
}
