/** Every database that Waymark knows, real: SQLite in a file, PostgreSQL, MariaDB. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/database/open-database.ts';
import type { SqlDatabase } from '../../src/database/sql-database.ts';
import { MariadbServer } from '../servers/mariadb-server.ts';
import { PostgresServer } from '../servers/postgres-server.ts';

export interface DatabaseUnderTest {
  /** Another connection (or pool) to the same database. */
  open(): Promise<SqlDatabase>;
  readonly address: string;
  remove(): Promise<void>;
}

export const DATABASES: Readonly<Record<string, () => Promise<DatabaseUnderTest>>> = {
  sqlite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wm-sqlite-'));
    const address = `sqlite:${join(folder, 'test.db')}`;
    return {
      address,
      open: () => openDatabase(address),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
  postgres: async () => {
    const server = await PostgresServer.open();
    return { address: server.url, open: () => openDatabase(server.url), remove: () => server.remove() };
  },
  mysql: async () => {
    const server = await MariadbServer.open();
    return { address: server.url, open: () => openDatabase(server.url), remove: () => server.remove() };
  },
};
