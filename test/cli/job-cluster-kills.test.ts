/** Nodes are killed and stand still at random points; `job-cluster-kills.ts` does it for as long as somebody likes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresServer } from '../servers/postgres-server.ts';
import { seededRandom } from '../../examples/payments/seeded-random.ts';
import { type KillsReport, killAndCount } from './job-cluster-kills.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-kills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function check(report: KillsReport): void {
  const { rows, differentRows, lines, differentLines, expected } = report;
  expect({ rows, differentRows, differentLines }).toEqual({
    rows: expected,
    differentRows: expected,
    differentLines: expected,
  });
  // Without transactions lines are there again, never fewer.
  expect(lines).toBeGreaterThanOrEqual(expected);
}

test('SQLite, local mesh: rows exactly once, lines at least once', async () => {
  check(await killAndCount('mesh', `sqlite:${join(folder, 'items.db')}`, seededRandom(1)));
});

test('PostgreSQL, NATS: rows exactly once, lines at least once', async () => {
  const server = await PostgresServer.open();
  try {
    check(await killAndCount('nats', server.url, seededRandom(2)));
  } finally {
    await server.remove();
  }
});
