/** The tables of result keys (`result-keys.ts`), and the statements that are the same for both kinds of key. */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';

export interface KeyTables {
  /** The column, which the rows of results have too. */
  readonly key: 'id' | 'request';
  /** The table in memory. */
  readonly recent: string;
  readonly createRecent: string;
  /** The table on disk. */
  readonly older: string;
  /** Before every key. */
  readonly first: string | number;
  /** A query of the numbers of the rows that have the key `?1`. */
  readonly numbers: string;
}

function keyTables(key: KeyTables['key'], type: string, first: string | number): KeyTables {
  const recent = `temp.recent_${key}`;
  const older = `result_${key}`;
  const numbersIn = (table: string): string => `SELECT number FROM ${table} WHERE ${key} = ?1`;
  return {
    key,
    recent,
    createRecent: createKeyTable(recent, key, type),
    older,
    first,
    numbers: `${numbersIn(recent)} UNION ${numbersIn(older)}`,
  };
}

export const createKeyTable = (table: string, key: KeyTables['key'], type: string): string =>
  `CREATE TABLE ${table} (${key} ${type} NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (${key}, number)) WITHOUT ROWID`;

export const ID_KEYS = keyTables('id', 'TEXT', '');
export const REQUEST_KEYS = keyTables('request', 'INTEGER', 0);
export const KEYS: readonly KeyTables[] = [ID_KEYS, REQUEST_KEYS];

/** A query of the next `?2` keys after `?1` in their order. @param columns what is wanted, the key first */
export function nextKeys({ key, recent, older }: KeyTables, columns: string): string {
  const next = (table: string): string =>
    `SELECT * FROM (SELECT DISTINCT ${columns} FROM ${table} WHERE ${key} > ?1 ORDER BY ${key} LIMIT ?2)`;
  return `${next(recent)} UNION ${next(older)} ORDER BY 1 LIMIT ?2`;
}

/** Carries keys of one kind from memory to disk, in their order. */
export class KeyCarrier {
  readonly #end: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: Database, { key, recent, older }: KeyTables) {
    // `+ 0`: SQLite prepares a statement again whenever a parameter that is a limit by itself changes.
    this.#end = database.prepare(
      `SELECT max(${key}) AS last, count(*) AS count
       FROM (SELECT ${key} FROM ${recent} WHERE ${key} > ? ORDER BY ${key} LIMIT ? + 0)`,
    );
    const range = `WHERE ${key} > ? AND ${key} <= ?`;
    this.#insert = database.prepare(
      `INSERT OR IGNORE INTO ${older} SELECT ${key}, number FROM ${recent} ${range} ORDER BY ${key}, number`,
    );
    this.#delete = database.prepare(`DELETE FROM ${recent} ${range}`);
  }

  /**
   * Carries the next keys after a key over, about as many as asked for.
   * @returns the last one of them; undefined if there are no more
   */
  carry(after: string | number, entries: number): string | number | undefined {
    const end = this.#end.get(after, entries);
    const last = end?.['last'] as string | number | null;
    if (last === null) return undefined;
    this.#insert.get(after, last);
    this.#delete.get(after, last);
    return (end?.['count'] as number) < entries ? undefined : last;
  }
}
