/** kill -9 of a run, again and again: no acknowledged record is lost, and items are there exactly as often as the records say. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openFolderRepository } from '../../src/batch/repository/open-job-repository.ts';
import { SqlTransactionResource } from '../../src/batch/transaction/sql-transaction-resource.ts';
import { DATABASES } from '../database/databases-under-test.ts';
import { begin } from './repository-records.ts';

const ROUNDS = 4;
const program = fileURLToPath(new URL('./killed-partitions-process.ts', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-killed-jobs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs it until `lines` chunks were acknowledged, then kills it. @returns the last chunk acknowledged, by kind and partition */
async function runAndKill(args: readonly string[], lines: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect({ code, signal, errors }).toEqual({ code: null, signal: 'SIGKILL', errors: '' });
  const last = new Map<string, number>();
  for (const line of output.split('\n').slice(0, -1)) {
    const [kind, partition, chunk] = line.split(' ');
    last.set(`${kind} ${partition}`, Number(chunk));
  }
  return last;
}

const chunkOf = (record: Uint8Array | undefined): number =>
  record === undefined ? 0 : Number(new DataView(record.buffer).getBigUint64(0, true));

test.each(Object.entries(DATABASES))('%s', async (kind, make) => {
  const under = await make();
  onTestFinished(() => under.remove());
  const database = await under.open();
  onTestFinished(() => database.close());
  const place = join(folder, kind);
  const repository = await openFolderRepository(place);
  onTestFinished(() => repository.close());
  const resource = new SqlTransactionResource(database);
  await database.execute('CREATE TABLE item (part INTEGER NOT NULL, chunk INTEGER NOT NULL)');
  const started = await begin(repository);
  const { instance } = started;
  for (let round = 1; round <= ROUNDS; round++) {
    const last = await runAndKill(
      [under.address, place, String(instance.id), String(started.fence)],
      5 + round * 13,
    );
    for (const partition of [0, 1, 2]) {
      const key = { repositoryId: repository.id, instanceId: instance.id, stepName: 'load', partition };
      const inTransaction = chunkOf(await resource.takeRecord(key, started.fence));
      expect(inTransaction).toBeGreaterThanOrEqual(last.get(`transaction ${partition}`) ?? 0);
      const inRepository = chunkOf(await repository.loadChunk(key));
      expect(inRepository).toBeGreaterThanOrEqual(last.get(`repository ${partition}`) ?? 0);
      expect(inRepository).toBeLessThanOrEqual(inTransaction);
      const at = database.dialect.placeholder(1);
      const [found] = await database.query<{ items: number; chunks: number; newest: number | null }>(
        `SELECT count(*) AS items, count(DISTINCT chunk) AS chunks, max(chunk) AS newest FROM item WHERE part = ${at}`,
        [partition],
      );
      expect(found).toEqual({
        items: inTransaction * 5,
        chunks: inTransaction,
        newest: inTransaction === 0 ? null : inTransaction,
      });
    }
  }
});
