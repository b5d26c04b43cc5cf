import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import type { JobExecution, JobRepository } from '../../src/batch/repository/job-repository.ts';
import {
  openDatabaseRepository,
  openFolderRepository,
} from '../../src/batch/repository/open-job-repository.ts';
import { MariadbServer } from '../servers/mariadb-server.ts';
import { PostgresServer } from '../servers/postgres-server.ts';
import { describeJobRepository } from './repository-conformance.ts';
import { begin } from './repository-records.ts';

let folder: string;
let server: PostgresServer;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-jobs-'));
  server = await PostgresServer.open();
});

afterAll(async () => {
  await server?.remove();
  await rm(folder, { recursive: true, force: true });
});

const newFolder = (): string => join(folder, String(++made));
async function newDatabase(): Promise<string> {
  const name = `jobs${++made}`;
  const database = await openDatabase(server.url);
  await database.execute(`CREATE DATABASE ${name}`);
  await database.close();
  return server.url.replace('/postgres', `/${name}`);
}

describeJobRepository('SQLite', () => openFolderRepository(newFolder()));
describeJobRepository('PostgreSQL', async () => openDatabaseRepository(await newDatabase()));

const PLACES = {
  SQLite: async () => {
    const place = newFolder();
    return () => openFolderRepository(place);
  },
  PostgreSQL: async () => {
    const address = await newDatabase();
    return () => openDatabaseRepository(address);
  },
} as const;

describe.each(Object.entries(PLACES))('%s, opened more than once', (_name, newPlace) => {
  const record = (value: number): { bytes(): Uint8Array } => ({ bytes: () => Uint8Array.of(value) });

  test('two that open it first at the same time have one repository', async () => {
    const open = await newPlace();
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.id).toBe(other.id);
    const begun = await begin(one);
    expect(await other.execution(begun.execution.id)).toEqual(await one.execution(begun.execution.id));
    await one.close();
    const again = await open();
    expect(again.id).toBe(other.id);
    await again.close();
    await other.close();
  });

  test('of restarts in several processes at the same time one succeeds', async () => {
    const open = await newPlace();
    const repositories: JobRepository[] = await Promise.all([open(), open(), open()]);
    const starts = await Promise.allSettled(
      repositories.map((repository) => begin(repository, { identity: 'day=1' })),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const repository of repositories) await repository.close();
  });

  test('partitions that save at once share a transaction; one that lost its lease is refused alone', async () => {
    const repository = await (await newPlace())();
    const lost = await begin(repository, { leaseUntil: 2000 });
    await begin(repository, { instanceId: lost.instance.id, at: 5000 });
    const live = await begin(repository);
    const before = repository.chunkGroups;
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, partition) =>
        repository.saveChunk(
          { instanceId: live.instance.id, stepName: 'load', partition },
          live.fence,
          record(partition),
        ),
      ),
      repository.saveChunk(
        { instanceId: lost.instance.id, stepName: 'load', partition: -1 },
        lost.fence,
        record(1),
      ),
      repository.saveChunk({ instanceId: 999_999, stepName: 'load', partition: -1 }, 1, record(1)),
    ]);
    expect(outcomes.slice(0, 20).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(outcomes.slice(20)).toMatchObject([
      { status: 'rejected', reason: { code: 'WM9030' } },
      { status: 'rejected', reason: { code: 'WM9051' } },
    ]);
    expect(repository.chunkGroups).toBe(before + 1);
    for (let partition = 0; partition < 20; partition++)
      expect([
        ...(await repository.loadChunk({ instanceId: live.instance.id, stepName: 'load', partition }))!,
      ]).toEqual([partition]);
    await repository.close();
  });

  test('nobody becomes the owner while the owner before writes: one of the two is refused', async () => {
    const open = await newPlace();
    const [old, next] = await Promise.all([open(), open()]);
    for (let round = 0; round < 10; round++) {
      const lost = await begin(old, { leaseUntil: 2000 });
      const key = { instanceId: lost.instance.id, stepName: 'load', partition: -1 };
      const saving = Promise.allSettled([old.saveChunk(key, lost.fence, record(7))]);
      const taking = next
        .startExecution({
          jobName: 'import',
          instanceId: lost.instance.id,
          identity: undefined,
          parameters: {},
          owner: 'process 2',
          at: 5000,
          leaseUntil: 9000,
        })
        .then(async () => (await next.loadChunk(key)) !== undefined);
      const [[saved], seen] = await Promise.all([saving, taking]);
      expect(seen).toBe(saved!.status === 'fulfilled');
    }
    await old.close();
    await next.close();
  });
});

const ADDRESSES = {
  SQLite: () => Promise.resolve(`sqlite:${join(folder, `made-${++made}.db`)}`),
  PostgreSQL: newDatabase,
} as const;

describe.each(Object.entries(ADDRESSES))('%s, tables of other versions', (_name, newAddress) => {
  /** A repository with one execution, whose tables are then made those of an earlier or later version. */
  async function changed(...statements: string[]): Promise<{ address: string; execution: JobExecution }> {
    const address = await newAddress();
    const repository = await openDatabaseRepository(address);
    const { id } = (await begin(repository)).execution;
    const execution = (await repository.execution(id))!;
    await repository.close();
    const database = await openDatabase(address);
    for (const statement of statements) await database.execute(statement);
    await database.close();
    return { address, execution };
  }

  test.each([
    ['without exceptions of executions', ['ALTER TABLE waymark_job_execution DROP COLUMN exception']],
    ['with them', []],
  ])('version 1 %s is brought up to date, by one of those that open it', async (_which, statements) => {
    const { address, execution } = await changed(
      ...statements,
      'UPDATE waymark_job_repository SET version = 1',
    );
    const [one, other] = await Promise.all([
      openDatabaseRepository(address),
      openDatabaseRepository(address),
    ]);
    expect(other.id).toBe(one.id);
    expect(await one.execution(execution.id)).toEqual(execution);
    const failure = { name: 'RangeError', message: 'no such day', stack: '' };
    await one.changeExecution(execution.id, execution.lease!.fence, { at: 2000, exception: failure });
    expect((await other.execution(execution.id))?.exception).toMatchObject(failure);
    await one.close();
    await other.close();
    const database = await openDatabase(address);
    expect(await database.query('SELECT version FROM waymark_job_repository')).toEqual([{ version: 2 }]);
    await database.close();
  });

  test('a newer one is refused', async () => {
    const { address } = await changed('UPDATE waymark_job_repository SET version = 3');
    await expect(openDatabaseRepository(address)).rejects.toMatchObject({
      code: 'WM9069',
      message: expect.stringContaining('format 3') as string,
    });
  });
});

test('MySQL holds items, and no repository', async () => {
  const mysql = await MariadbServer.open();
  onTestFinished(() => mysql.remove());
  await expect(openDatabaseRepository(mysql.url)).rejects.toMatchObject({ code: 'WM9069' });
});

test('an address that is none', async () => {
  await expect(openDatabaseRepository('nonsense')).rejects.toMatchObject({ code: 'WM9509' });
});
