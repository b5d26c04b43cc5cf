/**
 * Owns one `DatabaseSync` and the statements prepared on it.
 *
 * 1. A statement's text is prepared once while it is among the 200 used last.
 * 2. Integers that a number cannot hold come back as bigint, all others as numbers.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SQLITE_DIALECT } from '../dialects/sqlite-dialect.ts';
import type { SqlRow } from '../sql-database.ts';

const MOST_STATEMENTS = 200;

export class SqliteConnection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  query(sql: string, parameters: readonly unknown[]): SqlRow[] {
    const statement = this.#prepare(sql);
    const values = parametersOf(parameters);
    try {
      return statement.all(...values);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_OUT_OF_RANGE') throw error;
    }
    statement.setReadBigInts(true);
    try {
      return statement.all(...values).map(exactNumbers);
    } finally {
      statement.setReadBigInts(false);
    }
  }

  execute(sql: string, parameters: readonly unknown[]): number {
    return Number(this.#prepare(sql).run(...parametersOf(parameters)).changes);
  }

  /** Not kept among the prepared ones: a statement that is being stepped through cannot be run for somebody else. */
  *iterate(sql: string, parameters: readonly unknown[]): Generator<SqlRow, void, undefined> {
    const statement = this.database.prepare(sql);
    statement.setReadBigInts(true);
    for (const row of statement.iterate(...parametersOf(parameters))) yield exactNumbers(row as SqlRow);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MOST_STATEMENTS)
      this.#statements.delete(this.#statements.keys().next().value!);
    return statement;
  }
}

function parametersOf(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => SQLITE_DIALECT.parameter(value) as SQLInputValue);
}

function exactNumbers(row: SqlRow): SqlRow {
  for (const column in row) {
    const value = row[column];
    if (typeof value !== 'bigint') continue;
    const number = Number(value);
    if (Number.isSafeInteger(number)) row[column] = number;
  }
  return row;
}
