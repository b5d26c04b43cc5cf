/**
 * Owns what leads from an instance id or a request number to the numbers of result rows. Both come in no order, so that an index which
 * is kept up to date with every result dirties two pages for each. Therefore keys have two places: recent ones are in memory
 * (temporary tables), older ones in the tables `result_id` and `result_request`. From time to time a round carries recent ones over in
 * the order of the keys, so that those which belong on the same page are written together; in small portions, as results come.
 *
 * 1. The keys of every row are in at least one of their two places; in both only after an opening in the middle of a round. No key is
 *    there without its row.
 * 2. The keys of all rows up to the number `result_merged.upto` are in the older place; new rows get higher numbers. Opening takes those of later rows from the
 *    rows, and refuses a row whose checksum says that they are not what was written, as nothing else vouches for them.
 * 3. Tables in memory change in the transaction under way like those on disk; `rollback` takes back what this object knows besides.
 */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { resultSum } from './key-hash.ts';
import { ID_KEYS, KEYS, KeyCarrier, type KeyTables } from './key-tables.ts';
import { damagedDatabase } from './sqlite-failure.ts';

/** Entries carried over for each new result. It has two, so a round is over well before the next is due. */
const ENTRIES_PER_RESULT = 4;
/** Fewer are not worth a visit. */
const FEWEST_ENTRIES = 256;

/** A round that goes on: it ends when the keys of all rows up to `upto` have been carried over, of one kind after the other. */
interface Round {
  readonly upto: number;
  readonly kind: number;
  /** Keys up to this one are done. */
  readonly after: string | number;
}

interface State {
  /** As in `result_merged`. */
  readonly merged: number;
  readonly round: Round | undefined;
  /** Entries that the round may carry over and has not yet. */
  readonly owed: number;
}

export class ResultKeys {
  readonly #recentResults: number;
  readonly #add: readonly StatementSync[];
  readonly #carriers: readonly KeyCarrier[];
  readonly #setMerged: StatementSync;
  #state: State;
  #committed: State;

  /** @param recentResults results after which a round begins @throws StoreError WM5003 if rows and keys contradict each other */
  constructor(database: Database, recentResults: number) {
    this.#recentResults = recentResults;
    const merged = database.prepare('SELECT upto FROM result_merged').get()?.['upto'];
    if (typeof merged !== 'number')
      throw damagedDatabase(database.directory, 'the table "result_merged" is empty');
    this.#committed = this.#state = { merged, round: undefined, owed: 0 };
    for (const keys of KEYS) {
      checkMerged(database, keys, merged);
      database.execute(keys.createRecent);
    }
    this.#add = KEYS.map(({ key, recent }) =>
      database.prepare(
        `INSERT INTO ${recent} SELECT ${key}, number FROM result WHERE number BETWEEN ? AND ?`,
      ),
    );
    this.#carriers = KEYS.map((keys) => new KeyCarrier(database, keys));
    this.#setMerged = database.prepare('UPDATE result_merged SET upto = ?');
    checkRecent(database, merged);
    for (const add of this.#add) add.get(merged + 1, Number.MAX_SAFE_INTEGER);
  }

  /** The keys of rows up to this number are on disk. */
  get merged(): number {
    return this.#state.merged;
  }

  /** Rows of these numbers were written in the transaction under way. @returns a bound of the pages that it changes for their keys. */
  added(first: number, last: number): number {
    for (const add of this.#add) add.get(first, last);
    const { merged } = this.#state;
    let { round, owed } = this.#state;
    if (round === undefined) {
      if (last - merged < this.#recentResults) return 0;
      round = { upto: last, kind: 0, after: ID_KEYS.first };
    }
    owed += ENTRIES_PER_RESULT * (last - first + 1);
    if (owed < Math.min(FEWEST_ENTRIES, this.#recentResults)) {
      this.#state = { merged, round, owed };
      return 0;
    }
    this.#carry(round, owed);
    return 8 + 2 * owed;
  }

  commit(): void {
    this.#committed = this.#state;
  }

  rollback(): void {
    this.#state = this.#committed;
  }

  #carry({ upto, kind, after }: Round, entries: number): void {
    const { merged } = this.#state;
    const last = this.#carriers[kind]!.carry(after, entries);
    if (last !== undefined) {
      this.#state = { merged, round: { upto, kind, after: last }, owed: 0 };
    } else if (kind + 1 < KEYS.length) {
      this.#state = { merged, round: { upto, kind: kind + 1, after: KEYS[kind + 1]!.first }, owed: 0 };
    } else {
      this.#setMerged.get(upto);
      this.#state = { merged: upto, round: undefined, owed: 0 };
    }
  }
}

/** A key on disk that was garbled would hide a result from its request, which would then run again. */
function checkMerged(database: Database, { key, older }: KeyTables, merged: number): void {
  const lost = database
    .prepare(
      `SELECT number FROM result WHERE number <= ? AND NOT EXISTS
         (SELECT 1 FROM ${older} WHERE ${older}.${key} = result.${key} AND ${older}.number = result.number) LIMIT 1`,
    )
    .get(merged);
  if (lost !== undefined)
    throw damagedDatabase(database.directory, `the table "${older}" lacks result ${String(lost['number'])}`);
}

function checkRecent(database: Database, merged: number): void {
  const rows = database.prepare('SELECT number, id, request, sum FROM result WHERE number > ?');
  rows.setReturnArrays(true);
  for (const row of rows.iterate(merged) as Iterable<unknown>) {
    const [number, id, request, sum] = row as [number, string, number, number];
    if (sum !== resultSum(id, request))
      throw damagedDatabase(
        database.directory,
        `the checksum of the keys of result ${number} does not match`,
      );
  }
}
