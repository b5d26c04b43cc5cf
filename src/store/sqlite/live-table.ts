/**
 * Owns the rows of the table `live` together with the slot table that says what is in them.
 *
 * 1. Changes of a group are gathered per slot and written once each by `writeOut`, in the order of slots.
 * 2. What memory says and what the transaction will hold agree whenever a group is not being applied; `rollback`
 *    brings memory back to the last commit.
 */
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';
import {
  claimedHeadLength,
  FAILED,
  freeRow,
  isFreeRow,
  readKeys,
  RUNNING,
  type RecordKeys,
} from './record-format.ts';
import { SlotTable } from './slot-table.ts';
import { damagedDatabase } from './sqlite-failure.ts';

const HEAD_BYTES_READ = 512;
/** Rows per statement: calling SQLite costs more than a row that is overwritten in place. */
const ROWS_AT_ONCE = 16;
const ROWS_READ_AT_ONCE = 32;
const FREED: unique symbol = Symbol('freed');

export const standInIdOf = (slot: number): string => `damaged-row-${slot}`;

const standInKeys = (slot: number): RecordKeys => ({
  id: standInIdOf(slot),
  status: RUNNING,
  createdAt: 0,
  scriptTag: 0,
  codeTag: 0,
  request: 0,
});

export class LiveTable {
  readonly slots = new SlotTable();
  readonly #writeOne: StatementSync;
  readonly #writeMany: StatementSync;
  readonly #values: (number | Uint8Array)[] = [];
  readonly #read: StatementSync;
  readonly #readMany: StatementSync;
  readonly #changes = new Map<number, Uint8Array | typeof FREED>();
  #rowsWritten = 0;

  constructor(database: Database) {
    // An update replaces bytes of the same length where they are; INSERT OR REPLACE would delete and insert.
    const write = (rows: number): StatementSync =>
      database.prepare(
        `INSERT INTO live (slot, record) VALUES ${Array.from({ length: rows }, () => '(?, ?)').join(', ')}
         ON CONFLICT (slot) DO UPDATE SET record = excluded.record`,
      );
    this.#writeOne = write(1);
    this.#writeMany = write(ROWS_AT_ONCE);
    this.#read = database.prepare('SELECT record FROM live WHERE slot = ?');
    const places = Array.from({ length: ROWS_READ_AT_ONCE }, () => '?').join(', ');
    this.#readMany = database.prepare(`SELECT slot, record FROM live WHERE slot IN (${places})`);
    this.#readMany.setReturnArrays(true);
    this.#loadSlots(database);
  }

  get rowsWritten(): number {
    return this.#rowsWritten;
  }

  begin(): void {
    this.slots.begin();
  }

  /** Puts a record in place of the instance's row, or in a new one. @returns false if the instance had none. */
  put(id: string, keys: Omit<RecordKeys, 'id'>, row: Uint8Array): boolean {
    let slot = this.slots.slotOf(id);
    const isKnown = slot !== undefined;
    slot ??= this.slots.allocate(id, row.length);
    this.slots.describe(slot, keys, row.length);
    this.#changes.set(slot, row);
    return isKnown;
  }

  /** Frees the instance's row. @returns false if it had none. */
  free(id: string): boolean {
    const slot = this.slots.slotOf(id);
    if (slot === undefined) return false;
    this.slots.release(slot);
    this.#changes.set(slot, FREED);
    return true;
  }

  /** Writes the gathered changes into the transaction. @returns an upper bound of the pages that it changes. */
  writeOut(): number {
    let pages = 0;
    const slots = Uint32Array.from(this.#changes.keys()).sort();
    const values = this.#values;
    for (const slot of slots) {
      const change = this.#changes.get(slot);
      if (change === undefined) continue;
      const row = change === FREED ? freeRow(this.slots.rowLength(slot)) : change;
      pages += 2 + (row.length >>> 12);
      values.push(slot, row);
      // `get` and not `run`, as it makes no object that says what changed.
      if (values.length === 2 * ROWS_AT_ONCE) {
        this.#writeMany.get(...values);
        values.length = 0;
      }
    }
    for (let at = 0; at < values.length; at += 2) this.#writeOne.get(values[at]!, values[at + 1]!);
    values.length = 0;
    this.#rowsWritten += slots.length;
    this.#changes.clear();
    return pages;
  }

  commit(): void {
    this.slots.commit();
  }

  rollback(): void {
    this.#changes.clear();
    this.#values.length = 0;
    this.slots.rollback();
  }

  /** The instance's row, with changes of the group under way. */
  row(id: string): Uint8Array | undefined {
    const slot = this.slots.slotOf(id);
    return slot === undefined ? undefined : this.rowAt(slot);
  }

  rowAt(slot: number): Uint8Array {
    const change = this.#changes.get(slot);
    if (change !== undefined && change !== FREED) return change;
    // A row that is gone reads as a damaged one.
    return (this.#read.get(slot)?.['record'] as Uint8Array | undefined) ?? new Uint8Array(0);
  }

  /** The rows of these slots, in their order. */
  rowsAt(slots: readonly number[]): Uint8Array[] {
    const found = new Map<number, Uint8Array>();
    let from = 0;
    for (; from + ROWS_READ_AT_ONCE <= slots.length; from += ROWS_READ_AT_ONCE) {
      const rows: unknown = this.#readMany.all(...slots.slice(from, from + ROWS_READ_AT_ONCE));
      for (const [slot, row] of rows as [number, Uint8Array][]) found.set(slot, row);
    }
    return slots.map((slot) => (this.#changes.has(slot) ? undefined : found.get(slot)) ?? this.rowAt(slot));
  }

  #loadSlots(database: Database): void {
    const rows = database.prepare(
      `SELECT slot, length(record) AS length, substr(record, 1, ${HEAD_BYTES_READ}) AS head FROM live ORDER BY slot`,
    );
    rows.setReturnArrays(true);
    let last = 0;
    let lastUsed = 0;
    for (const row of rows.iterate() as Iterable<unknown>) {
      const [slot, length, head] = row as [number, number, Uint8Array];
      if (slot !== ++last)
        throw damagedDatabase(database.directory, `row ${last} of the table "live" is missing`);
      if (isFreeRow(head)) {
        this.slots.load(slot, undefined, length);
        continue;
      }
      const whole = claimedHeadLength(head) > head.length && length > head.length ? this.rowAt(slot) : head;
      let keys = readKeys(whole);
      const isSound =
        keys !== undefined &&
        (keys.status === RUNNING || keys.status === FAILED) &&
        this.slots.slotOf(keys.id) === undefined;
      if (!isSound) keys = standInKeys(slot);
      this.slots.load(slot, keys, length);
      lastUsed = slot;
    }
    this.#trim(database, last, lastUsed);
    this.slots.rebuildFreeList();
  }

  /** Gives the pages of free rows at the end back, so that a peak does not cost every later opening. */
  #trim(database: Database, last: number, lastUsed: number): void {
    if (last - lastUsed < 1000) return;
    database.begin();
    database.prepare('DELETE FROM live WHERE slot > ?').run(lastUsed);
    database.commit(last - lastUsed);
    this.slots.forgetAbove(lastUsed);
  }
}
