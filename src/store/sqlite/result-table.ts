/**
 * Owns the table of completed instances whose result is kept. Rows are appended, and found by instance id or request (result-keys.ts), or
 * by age.
 *
 * 1. An instance is never in this table and in the live table at once, and once in it at most.
 * 2. Changes of a group are gathered per instance and written by `writeOut`, the last one of each instance only.
 * 3. Numbers of rows go up in the order of completion, and are above `ResultKeys.merged` when they are given.
 */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { resultSum } from './key-hash.ts';
import { ID_KEYS, nextKeys, REQUEST_KEYS } from './key-tables.ts';
import type { RecordKeys } from './record-format.ts';
import { ResultKeys } from './result-keys.ts';
import { ResultRemoval } from './result-removal.ts';

const COLUMNS = 8;
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
  /** The instance may have a result that goes. */
  readonly mayReplace: boolean;
}

export class ResultTable {
  readonly #keys: ResultKeys;
  readonly #removal: ResultRemoval;
  readonly #insertOne: StatementSync;
  readonly #insertMany: StatementSync;
  readonly #knowsAny: StatementSync;
  readonly #byId: StatementSync;
  readonly #byRequest: StatementSync;
  readonly #requestsAfter: StatementSync;
  readonly #newest: StatementSync;
  readonly #last: StatementSync;
  readonly #newestOfScript: StatementSync;
  readonly #after: StatementSync;
  readonly #span: StatementSync;
  /** By instance id; undefined for one that is to go. */
  readonly #changes = new Map<string, NewResult | undefined>();
  #next: number;
  #mayHaveRows: boolean;

  /** @param recentResults see `ResultKeys` @throws StoreError WM5003 if rows and keys contradict each other */
  constructor(database: Database, recentResults: number) {
    this.#keys = new ResultKeys(database, recentResults);
    this.#removal = new ResultRemoval(database);
    const rows = (count: number, one: string): string => Array.from({ length: count }, () => one).join(', ');
    const insert = (count: number): StatementSync =>
      database.prepare(
        `INSERT INTO result (number, id, request, script, created, ended, sum, record)
         VALUES ${rows(count, `(${rows(COLUMNS, '?')})`)}`,
      );
    this.#insertOne = insert(1);
    this.#insertMany = insert(ROWS_AT_ONCE);
    const ids = Array.from({ length: ROWS_AT_ONCE }, (_, index) => `?${index + 1}`).join(', ');
    this.#knowsAny = database.prepare(
      `SELECT 1 FROM ${ID_KEYS.recent} WHERE id IN (${ids})
       UNION ALL SELECT 1 FROM ${ID_KEYS.older} WHERE id IN (${ids}) LIMIT 1`,
    );
    this.#byId = database.prepare(`SELECT record FROM result WHERE number IN (${ID_KEYS.numbers})`);
    this.#byRequest = database.prepare(
      `SELECT id, record FROM result WHERE number IN (${REQUEST_KEYS.numbers})`,
    );
    this.#requestsAfter = database.prepare(nextKeys(REQUEST_KEYS, 'request'));
    this.#requestsAfter.setReturnArrays(true);
    const newest = (condition: string): string =>
      `SELECT id, record FROM result ${condition} ORDER BY created DESC, id DESC LIMIT ?`;
    this.#newest = database.prepare(newest(''));
    this.#last = database.prepare('SELECT id, record FROM result ORDER BY number DESC LIMIT ?');
    this.#newestOfScript = database.prepare(newest('WHERE script = ?'));
    this.#after = database.prepare(
      `SELECT id, record FROM result WHERE number IN (SELECT number FROM (${nextKeys(ID_KEYS, 'id, number')}))
       ORDER BY id`,
    );
    this.#span = database.prepare(
      'SELECT (SELECT max(number) FROM result) - (SELECT min(number) FROM result) + 1 AS rows',
    );
    const highest = (database.prepare('SELECT max(number) AS highest FROM result').get()?.['highest'] ??
      0) as number;
    // Also above numbers whose rows are gone: what is said of the keys of rows up to a number must not come to be about new rows.
    this.#next = Math.max(highest, this.#keys.merged) + 1;
    this.#mayHaveRows = highest > 0;
  }

  /** Rows, counted by their numbers: what was deleted between two others counts too. Counting them would take a scan. */
  get count(): number {
    return this.#mayHaveRows ? ((this.#span.get()?.['rows'] as number | null | undefined) ?? 0) : 0;
  }

  /** @param wasLive the instance was in the live table, so that it has no result yet */
  put(
    id: string,
    keys: Omit<RecordKeys, 'id'>,
    endedAt: number,
    row: Uint8Array,
    { wasLive }: { readonly wasLive: boolean },
  ): void {
    const mayReplace = this.#mayHaveRows && (!wasLive || this.#changes.has(id));
    this.#mayHaveRows = true;
    this.#changes.set(id, { keys, endedAt, row, mayReplace });
  }

  /** Removes the result of an instance that runs again, or that ended again without one to keep. */
  drop(id: string): void {
    if (this.#mayHaveRows) this.#changes.set(id, undefined);
  }

  /** Removes the result of an instance. @returns whether there was one. Only after `writeOut`. */
  delete(id: string): boolean {
    return this.#mayHaveRows && this.#removal.byId(id) !== 0;
  }

  /** Writes the gathered changes into the transaction. @returns an upper bound of the pages that it changes. */
  writeOut(): number {
    if (this.#changes.size === 0) return 0;
    const gone: string[] = [];
    const added: [string, NewResult][] = [];
    for (const [id, change] of this.#changes) {
      if (change?.mayReplace !== false) gone.push(id);
      if (change !== undefined) added.push([id, change]);
    }
    this.#changes.clear();
    return this.#remove(gone) + this.#insert(added);
  }

  /** Nearly none of them has a result. */
  #remove(ids: readonly string[]): number {
    let removed = 0;
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
      const some = ids.slice(at, at + ROWS_AT_ONCE);
      while (some.length < ROWS_AT_ONCE) some.push(some[0]!);
      if (this.#knowsAny.get(...some) === undefined) continue;
      for (const id of some) removed += this.#removal.byId(id);
    }
    return 8 * removed;
  }

  #insert(results: readonly [string, NewResult][]): number {
    if (results.length === 0) return 0;
    const first = this.#next;
    let pages = 4;
    const values: (string | number | Uint8Array)[] = [];
    for (const [id, { keys, endedAt, row }] of results) {
      const { request, scriptTag, createdAt } = keys;
      // An instance cannot have ended before it began: should a clock have said so, expiry by age still finds the row.
      const ended = Math.max(endedAt, createdAt);
      values.push(this.#next++, id, request, scriptTag, createdAt, ended, resultSum(id, request), row);
      // `get` and not `run`, as it makes no object that says what changed.
      if (values.length === COLUMNS * ROWS_AT_ONCE) this.#insertMany.get(...values.splice(0));
      pages += 3 + (row.length >>> 12);
    }
    for (let at = 0; at < values.length; at += COLUMNS)
      this.#insertOne.get(...values.slice(at, at + COLUMNS));
    return pages + this.#keys.added(first, this.#next - 1);
  }

  commit(): void {
    this.#keys.commit();
  }

  rollback(): void {
    this.#changes.clear();
    this.#keys.rollback();
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
    return this.#mayHaveRows ? this.#removal.expired(before, atMost) : 0;
  }
}

function toRow(found: Record<string, unknown>): Row {
  return { id: found['id'] as string, row: found['record'] as Uint8Array };
}
