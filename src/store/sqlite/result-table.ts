/**
 * Owns the table of completed instances whose result is kept. Rows are appended, and found by instance id, by request, or by
 * age.
 *
 * 1. An instance is never in this table and in the live table at once.
 * 2. Changes of a group are gathered per instance and written by `writeOut`, the last one of each instance only.
 */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import type { RecordKeys } from './record-format.ts';

const COLUMNS = 6;
/** Rows per statement. A call of SQLite costs about as much as a row. */
const ROWS_AT_ONCE = 16;

interface Row {
  readonly id: string;
  readonly row: Uint8Array;
}

interface NewResult {
  readonly keys: Omit<RecordKeys, 'id'>;
  readonly endedAt: number;
  readonly row: Uint8Array;
}

export class ResultTable {
  readonly #insertOne: StatementSync;
  readonly #insertMany: StatementSync;
  readonly #deleteOne: StatementSync;
  readonly #deleteMany: StatementSync;
  readonly #byId: StatementSync;
  readonly #byRequest: StatementSync;
  readonly #requestsAfter: StatementSync;
  readonly #expire: StatementSync;
  readonly #newest: StatementSync;
  readonly #last: StatementSync;
  readonly #newestOfScript: StatementSync;
  readonly #after: StatementSync;
  readonly #span: StatementSync;
  /** By instance id; undefined for one that is to go. */
  readonly #changes = new Map<string, NewResult | undefined>();
  #mayHaveRows: boolean;

  constructor(database: Database) {
    const rows = (count: number, one: string): string => Array.from({ length: count }, () => one).join(', ');
    const insert = (count: number): StatementSync =>
      database.prepare(
        `INSERT OR REPLACE INTO result (id, request, script, created, ended, record)
         VALUES ${rows(count, `(${rows(COLUMNS, '?')})`)}`,
      );
    const remove = (count: number): StatementSync =>
      database.prepare(`DELETE FROM result WHERE id IN (${rows(count, '?')})`);
    this.#insertOne = insert(1);
    this.#insertMany = insert(ROWS_AT_ONCE);
    this.#deleteOne = remove(1);
    this.#deleteMany = remove(ROWS_AT_ONCE);
    this.#byId = database.prepare('SELECT record FROM result WHERE id = ?');
    this.#byRequest = database.prepare('SELECT id, record FROM result WHERE request = ?');
    this.#requestsAfter = database.prepare(
      'SELECT DISTINCT request FROM result WHERE request > ? ORDER BY request LIMIT ?',
    );
    this.#requestsAfter.setReturnArrays(true);
    this.#expire = database.prepare(
      `DELETE FROM result WHERE number IN (SELECT number FROM result WHERE created < ?1 AND ended < ?1 LIMIT ?2)`,
    );
    const newest = (condition: string): string =>
      `SELECT id, record FROM result ${condition} ORDER BY created DESC, id DESC LIMIT ?`;
    this.#newest = database.prepare(newest(''));
    this.#last = database.prepare('SELECT id, record FROM result ORDER BY number DESC LIMIT ?');
    this.#newestOfScript = database.prepare(newest('WHERE script = ?'));
    this.#after = database.prepare('SELECT id, record FROM result WHERE id > ? ORDER BY id LIMIT ?');
    this.#span = database.prepare(
      'SELECT (SELECT max(number) FROM result) - (SELECT min(number) FROM result) + 1 AS rows',
    );
    this.#mayHaveRows = database.prepare('SELECT 1 FROM result LIMIT 1').get() !== undefined;
  }

  /** Rows, counted by their numbers: what was deleted between two others counts too. Counting them would take a scan. */
  get count(): number {
    return this.#mayHaveRows ? ((this.#span.get()?.['rows'] as number | null | undefined) ?? 0) : 0;
  }

  put(id: string, keys: Omit<RecordKeys, 'id'>, endedAt: number, row: Uint8Array): void {
    this.#mayHaveRows = true;
    this.#changes.set(id, { keys, endedAt, row });
  }

  /** Removes the result of an instance that runs again, or that ended again without one to keep. */
  drop(id: string): void {
    if (this.#mayHaveRows) this.#changes.set(id, undefined);
  }

  /** Removes the result of an instance. @returns whether there was one. Only after `writeOut`. */
  delete(id: string): boolean {
    return this.#mayHaveRows && this.#deleteOne.run(id).changes !== 0;
  }

  /** Writes the gathered changes into the transaction. @returns an upper bound of the pages that it changes. */
  writeOut(): number {
    if (this.#changes.size === 0) return 0;
    let pages = 0;
    const gone: string[] = [];
    const values: (string | number | Uint8Array)[] = [];
    for (const [id, change] of this.#changes) {
      if (change === undefined) {
        gone.push(id);
        if (gone.length === ROWS_AT_ONCE) this.#deleteMany.get(...gone.splice(0));
        continue;
      }
      const { keys, endedAt, row } = change;
      // An instance cannot have ended before it began: should a clock have said so, expiry by age still finds the row.
      const ended = Math.max(endedAt, keys.createdAt);
      values.push(id, keys.request, keys.scriptTag, keys.createdAt, ended, row);
      if (values.length === COLUMNS * ROWS_AT_ONCE) this.#insertMany.get(...values.splice(0));
      pages += 5 + (row.length >>> 12);
    }
    for (const id of gone) this.#deleteOne.get(id);
    for (let at = 0; at < values.length; at += COLUMNS)
      this.#insertOne.get(...values.slice(at, at + COLUMNS));
    this.#changes.clear();
    return pages;
  }

  rollback(): void {
    this.#changes.clear();
  }

  find(id: string): Uint8Array | undefined {
    return this.#mayHaveRows ? (this.#byId.get(id)?.['record'] as Uint8Array | undefined) : undefined;
  }

  withRequest(request: number): Row[] {
    return this.#mayHaveRows ? this.#byRequest.all(request).map(toRow) : [];
  }

  /** The next request numbers after a number, ascending, each once. */
  requestsAfter(request: number, limit: number): Float64Array {
    if (!this.#mayHaveRows) return new Float64Array(0);
    return Float64Array.from(
      this.#requestsAfter.all(request, limit) as unknown as [number][],
      ([next]) => next,
    );
  }

  newest(limit: number, scriptTag: number | undefined): Row[] {
    const found =
      scriptTag === undefined ? this.#newest.all(limit) : this.#newestOfScript.all(scriptTag, limit);
    return found.map(toRow);
  }

  /** The next ones by their ids. */
  after(id: string, limit: number): Row[] {
    return this.#mayHaveRows ? this.#after.all(id, limit).map(toRow) : [];
  }

  /** Those that were written last. */
  last(limit: number): Row[] {
    return this.#mayHaveRows ? this.#last.all(limit).map(toRow) : [];
  }

  /** Deletes at most `atMost` results that ended before `before`; returns how many. */
  expire(before: number, atMost: number): number {
    return Number(this.#expire.run(before, atMost).changes);
  }
}

function toRow(found: Record<string, unknown>): Row {
  return { id: found['id'] as string, row: found['record'] as Uint8Array };
}
