/** The database server is killed while jobs write to it: they fail, and after a restart of both every item is there once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  job,
  JobOperator,
  openDatabase,
  openFolderRepository,
  SqlTransactionResource,
  sqlTableWriter,
} from '../../src/batch/index.ts';
import { MariadbServer } from '../servers/mariadb-server.ts';
import { PostgresServer } from '../servers/postgres-server.ts';

const ITEMS = 4000;
const CRASHES = 3;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-server-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SERVERS = {
  PostgreSQL: () => PostgresServer.open(),
  MariaDB: () => MariadbServer.open(),
} as const;

test.each(Object.entries(SERVERS))('%s', { timeout: 600_000 }, async (kind, open) => {
  const server = await open();
  onTestFinished(() => server.remove());
  const database = await openDatabase(server.url);
  onTestFinished(() => database.close());
  await database.execute('CREATE TABLE item (id INTEGER NOT NULL)');
  const repository = await openFolderRepository(join(folder, kind));
  onTestFinished(() => repository.close());
  const operator = new JobOperator({ repository });
  const resource = new SqlTransactionResource(database);
  let written = 0;
  let crashAt = 300;
  let crash: Promise<void> | undefined;
  const definition = job('import').chunk<number>({
    id: 'load',
    reader: {
      *from(cursor: number | null) {
        for (let id = (cursor ?? 0) + 1; id <= ITEMS; id++) yield id;
      },
      cursor: (id: number) => id,
    },
    writer: sqlTableWriter<number>({ resource, table: 'item', columns: ['id'], row: (id) => ({ id }) }),
    itemCount: 10,
    partition: { over: 2 },
    listeners: [
      () => ({
        afterWrite: () => {
          written += 10;
          if (written >= crashAt && crash === undefined) crash = server.stop();
        },
      }),
    ],
  });
  let id = await operator.start(definition);
  for (let crashes = 1; crashes <= CRASHES; crashes++) {
    const execution = await operator.finished(id);
    expect(execution.batchStatus).toBe('FAILED');
    const steps = await operator.getStepExecutions(id);
    expect(steps[0]?.exception?.name).toMatch(/^(DatabaseError|ConnectionLostError|ConflictError)$/);
    await crash;
    await server.start();
    crash = undefined;
    crashAt = crashes === CRASHES ? Infinity : written + 300;
    id = await operator.restart(id);
  }
  const execution = await operator.finished(id);
  expect(execution.batchStatus).toBe('COMPLETED');
  const rows = await database.query<{ id: number; n: number }>(
    'SELECT id, count(*) AS n FROM item GROUP BY id HAVING count(*) <> 2 ORDER BY id',
  );
  // Two partitions, each with all items.
  expect(rows).toEqual([]);
  expect(await database.query('SELECT count(*) AS n FROM item')).toEqual([{ n: 2 * ITEMS }]);
});
