/** What transactions of MySQL and MariaDB ask of the mysql2 package. */
import type { PoolConnection } from 'mysql2/promise';
import { MYSQL_DIALECT } from '../dialects/mysql-dialect.ts';
import type { PooledDriver } from '../pooled-transaction.ts';
import { isConnectionLost, mysqlFailure } from './mysql-failure.ts';
import { runMysql } from './mysql-statement.ts';

const DEADLOCK = 1213;

export const MYSQL_DRIVER: PooledDriver<PoolConnection> = {
  dialect: MYSQL_DIALECT,
  run: runMysql,
  isConnectionLost,
  failure: mysqlFailure,
  async commit(connection) {
    await connection.commit();
    return true;
  },
  rollback: (connection) => connection.rollback(),
  release(connection, close) {
    if (close) connection.destroy();
    else connection.release();
  },
  // It lets the next statement begin another transaction: what follows must not be committed alone.
  hasEndedTransaction: (error) => (error as { errno?: unknown }).errno === DEADLOCK,
};
