import { fileURLToPath } from 'node:url';
import { DatabaseError, DatabaseErrorCode } from './database-error.ts';
import { MysqlDatabase } from './mysql/mysql-database.ts';
import { PostgresDatabase } from './postgres/postgres-database.ts';
import type { SqlDatabase } from './sql-database.ts';
import { SqliteDatabase } from './sqlite/sqlite-database.ts';

/**
 * Opens a database by its address: `postgres://user:password@host:port/database`, `mysql://...` (also MariaDB), `sqlite:path/of/file.db`,
 * `sqlite::memory:`, or a `file:` URL of an SQLite file.
 *
 * @param connections Most connections of a pool; default 10
 * @throws DatabaseError WM9509 for another address, WM9501 if the driver is not installed, WM9502 if the database does not answer
 */
export async function openDatabase(
  address: string,
  options: { readonly connections?: number | undefined } = {},
): Promise<SqlDatabase> {
  const scheme = /^([a-z+]+):/i.exec(address)?.[1]?.toLowerCase();
  switch (scheme) {
    case 'postgres':
    case 'postgresql':
      return PostgresDatabase.open({ ...options, url: checkedUrl(address) });
    case 'mysql':
    case 'mariadb':
      return MysqlDatabase.open({
        ...options,
        url: checkedUrl(address.replace(/^mariadb:/i, 'mysql:')),
      });
    case 'sqlite': {
      const path = address.slice('sqlite:'.length).replace(/^\/\/(?=\/|[^/])/, '');
      return new SqliteDatabase({ path });
    }
    case 'file':
      return new SqliteDatabase({ path: fileURLToPath(address) });
    default:
      throw badAddress(address);
  }
}

function checkedUrl(address: string): string {
  if (!URL.canParse(address)) throw badAddress(address);
  return address;
}

function badAddress(address: string): DatabaseError {
  // Its password is nobody's business.
  const shown = address.replace(/:[^:@/]*@/, ':...@');
  return new DatabaseError(DatabaseErrorCode.badAddress, `${shown} is no address of a database`, {
    fix: 'Write postgres://user:password@host:port/database, mysql://user:password@host:port/database or sqlite:file.db.',
  });
}
