/** Takes results out of all tables that know of them. Owns the temporary table `leaving`, which is empty between two calls. */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { ID_KEYS, KEYS } from './key-tables.ts';

export class ResultRemoval {
  readonly #chooseById: StatementSync;
  readonly #chooseExpired: StatementSync;
  readonly #deleteRows: StatementSync;
  readonly #deleteKeys: readonly StatementSync[];
  readonly #clear: StatementSync;

  constructor(database: Database) {
    database.execute(
      'CREATE TABLE temp.leaving (number INTEGER PRIMARY KEY, id TEXT NOT NULL, request INTEGER NOT NULL)',
    );
    const choose = (condition: string): StatementSync =>
      database.prepare(`INSERT INTO temp.leaving SELECT number, id, request FROM result WHERE ${condition}`);
    this.#chooseById = choose(`number IN (${ID_KEYS.numbers})`);
    this.#chooseExpired = choose('created < ?1 AND ended < ?1 LIMIT ?2');
    this.#deleteRows = database.prepare(
      'DELETE FROM result WHERE number IN (SELECT number FROM temp.leaving)',
    );
    this.#deleteKeys = KEYS.flatMap(({ key, recent, older }) =>
      [recent, older].map((table) =>
        database.prepare(
          `DELETE FROM ${table} WHERE (${key}, number) IN (SELECT ${key}, number FROM temp.leaving)`,
        ),
      ),
    );
    this.#clear = database.prepare('DELETE FROM temp.leaving');
  }

  /** @returns how many results the instance had: one or none */
  byId(id: string): number {
    return this.#remove(this.#chooseById.run(id).changes);
  }

  /** Removes at most `atMost` results of instances that ended before `before`. @returns how many */
  expired(before: number, atMost: number): number {
    return this.#remove(this.#chooseExpired.run(before, atMost).changes);
  }

  #remove(chosen: number | bigint): number {
    if (chosen === 0) return 0;
    for (const statement of this.#deleteKeys) statement.run();
    this.#deleteRows.run();
    this.#clear.run();
    return Number(chosen);
  }
}
