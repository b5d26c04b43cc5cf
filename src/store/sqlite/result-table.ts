import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { readRecord, type RecordKeys } from './record-format.ts';

/**
 * Owns the table of completed instances whose result is kept. Rows are appended, and found by instance id, by request, or by age.
 * An instance is never in this table and in the live table at once.
 */
export class ResultTable {
  readonly #insert: StatementSync;
  readonly #deleteById: StatementSync;
  readonly #byId: StatementSync;
  readonly #byRequest: StatementSync;
  readonly #expire: StatementSync;
  readonly #newest: StatementSync;
  readonly #newestOfScript: StatementSync;
  readonly #any: StatementSync;
  #mayHaveRows: boolean;

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT OR REPLACE INTO result (id, request, script, created, ended, record) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#deleteById = database.prepare('DELETE FROM result WHERE id = ?');
    this.#byId = database.prepare('SELECT record FROM result WHERE id = ?');
    this.#byRequest = database.prepare('SELECT id, record FROM result WHERE request = ?');
    this.#expire = database.prepare(
      `DELETE FROM result WHERE number IN (SELECT number FROM result WHERE created < ?1 AND ended < ?1 LIMIT ?2)`,
    );
    const newest = (condition: string): string =>
      `SELECT id, record FROM result ${condition} ORDER BY created DESC, id DESC LIMIT ?`;
    this.#newest = database.prepare(newest(''));
    this.#newestOfScript = database.prepare(newest('WHERE script = ?'));
    this.#any = database.prepare('SELECT 1 FROM result LIMIT 1');
    this.#mayHaveRows = this.#any.get() !== undefined;
  }

  insert(id: string, keys: Omit<RecordKeys, 'id'>, endedAt: number, row: Uint8Array): void {
    this.#mayHaveRows = true;
    // An instance cannot have ended before it began: should a clock have said so, expiry by age still finds the row.
    const ended = Math.max(endedAt, keys.createdAt);
    this.#insert.run(id, keys.request, keys.scriptTag, keys.createdAt, ended, row);
  }

  delete(id: string): boolean {
    return this.#mayHaveRows && this.#deleteById.run(id).changes !== 0;
  }

  find(id: string): Uint8Array | undefined {
    return this.#mayHaveRows ? (this.#byId.get(id)?.['record'] as Uint8Array | undefined) : undefined;
  }

  withRequest(request: number): { readonly id: string; readonly row: Uint8Array }[] {
    if (!this.#mayHaveRows) return [];
    return this.#byRequest.all(request).map((found) => ({
      id: found['id'] as string,
      row: found['record'] as Uint8Array,
    }));
  }

  newest(limit: number, scriptTag: number | undefined): { readonly id: string; readonly row: Uint8Array }[] {
    const found =
      scriptTag === undefined ? this.#newest.all(limit) : this.#newestOfScript.all(scriptTag, limit);
    return found.map((row) => ({ id: row['id'] as string, row: row['record'] as Uint8Array }));
  }

  /** Deletes at most `atMost` results that ended before `before`; returns how many. */
  expire(before: number, atMost: number): number {
    return Number(this.#expire.run(before, atMost).changes);
  }
}

/** Whether a row is of this very request: its number only narrows the search. */
export function isOfRequest(row: Uint8Array, script: string, requestId: string): boolean {
  const record = readRecord(row);
  return record !== undefined && record.script === script && record.requestId === requestId;
}
