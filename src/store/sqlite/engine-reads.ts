import type { InstanceFilter, InstanceLook, InstanceSummary, StoredInstance } from '../checkpoint-store.ts';
import type { CodeTable } from './code-table.ts';
import type { EngineCall, EngineRead, EngineStats, RawRow, RowPage } from './engine-messages.ts';
import { requestHash, tagOf } from './key-hash.ts';
import type { LiveTable } from './live-table.ts';
import { FAILED, RUNNING, statusByte, toStoredInstance } from './record-format.ts';
import type { ResultTable } from './result-table.ts';
import { makePage } from './row-page.ts';

const PAGE_ROWS = 512;
const PAGE_BYTES = 2 ** 20;
const LIST_LIMIT = 100;

interface Cursor {
  readonly ids: readonly string[];
  next: number;
}

const READS: Readonly<Record<EngineRead['name'], true>> = {
  load: true,
  findRequest: true,
  liveRequests: true,
  resultRequests: true,
  openCursor: true,
  readCursor: true,
  closeCursor: true,
  page: true,
  list: true,
  recentlyEnded: true,
  loadCode: true,
  usedCode: true,
  stats: true,
};

/** Answers the calls that change nothing. Owns the cursors of iterations under way. */
export class EngineReads {
  readonly #live: LiveTable;
  readonly #results: ResultTable;
  readonly #code: CodeTable;
  readonly #stats: () => EngineStats;
  readonly #cursors = new Map<number, Cursor>();
  #nextCursor = 1;

  constructor(live: LiveTable, results: ResultTable, code: CodeTable, stats: () => EngineStats) {
    this.#live = live;
    this.#results = results;
    this.#code = code;
    this.#stats = stats;
  }

  static isRead(call: EngineCall): call is EngineRead {
    return call.name in READS;
  }

  answer(call: EngineCall): unknown {
    switch (call.name) {
      case 'load':
        return this.#load(call.id);
      case 'findRequest':
        return this.#findRequest(call.script, call.requestId);
      case 'liveRequests':
        return this.#live.slots.requestNumbers();
      case 'resultRequests':
        return this.#results.requestsAfter(call.after, call.limit);
      case 'openCursor':
        return this.#openCursor();
      case 'readCursor':
        return this.#readCursor(call.cursor);
      case 'closeCursor':
        this.#cursors.delete(call.cursor);
        return undefined;
      case 'page':
        return this.#page(call.after, call.limit);
      case 'list':
        return this.#list(call.filter);
      case 'recentlyEnded':
        return this.#recentlyEnded(call.withinMs, call.limit);
      case 'loadCode':
        return this.#code.load(call.hash);
      case 'usedCode':
        return this.#code.used(this.#live.slots.codeTagsInUse());
      case 'stats':
        return this.#stats();
      default:
        throw new TypeError(`${call.name} is no read`);
    }
  }

  #load(id: string): RawRow | undefined {
    const slot = this.#live.slots.slotOf(id);
    if (slot !== undefined) return this.#liveRow(slot);
    const row = this.#results.find(id);
    return row === undefined ? undefined : { row, id, status: 'completed' };
  }

  #findRequest(script: string, requestId: string): RawRow | undefined {
    const request = requestHash(script, requestId);
    const candidates: RawRow[] = [
      ...this.#live.slots.slotsOfRequest(request).map((slot) => this.#liveRow(slot)),
      ...this.#results.withRequest(request).map(({ id, row }) => ({ id, row, status: 'completed' as const })),
    ];
    return candidates
      .map((raw) => ({ raw, instance: toStoredInstance(raw) }))
      .filter(({ instance }) => mayBeOfRequest(instance, script, requestId))
      .sort((a, b) => newestFirst(a.instance, b.instance))[0]?.raw;
  }

  #liveRow(slot: number): RawRow {
    const status = this.#live.slots.statusOf(slot) === FAILED ? 'failed' : 'running';
    return { row: this.#live.rowAt(slot), id: this.#live.slots.idOf(slot) ?? '', status };
  }

  #openCursor(): number {
    const slots = this.#live.slots.sortedByCreation(1 << RUNNING);
    const ids = Array.from(slots, (slot) => this.#live.slots.idOf(slot) ?? '');
    this.#cursors.set(this.#nextCursor, { ids, next: 0 });
    return this.#nextCursor++;
  }

  #readCursor(number: number): RowPage | undefined {
    const cursor = this.#cursors.get(number);
    if (cursor === undefined) return undefined;
    const { slots } = this.#live;
    const page: number[] = [];
    let bytes = 0;
    while (cursor.next < cursor.ids.length && page.length < PAGE_ROWS && bytes < PAGE_BYTES) {
      const slot = slots.slotOf(cursor.ids[cursor.next++]!);
      if (slot === undefined || slots.statusOf(slot) !== RUNNING) continue;
      bytes += slots.rowLength(slot);
      page.push(slot);
    }
    if (page.length > 0) {
      const rows = this.#live.rowsAt(page);
      return makePage(
        page.map((slot, at) => ({ row: rows[at]!, id: slots.idOf(slot) ?? '', status: 'running' })),
      );
    }
    this.#cursors.delete(number);
    return undefined;
  }

  #page(after: string, limit: number): readonly InstanceLook[] {
    const live = this.#live.slots.idsAfter(after, limit);
    const rows = [
      ...live.map((id) => this.#liveRow(this.#live.slots.slotOf(id)!)),
      ...this.#results.after(after, limit).map(({ id, row }) => ({ id, row, status: 'completed' as const })),
    ];
    return rows
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map(lookOf);
  }

  #list(filter: InstanceFilter): readonly InstanceSummary[] {
    const limit = filter.limit ?? LIST_LIMIT;
    const scriptTag = filter.script === undefined ? undefined : tagOf(filter.script);
    const found: InstanceSummary[] = [];
    const add = (raw: RawRow): void => {
      const instance = toStoredInstance(raw);
      // Another script may have the same tag; it then takes a place of the limit, which needs 2^32 to 1 luck to see.
      if (filter.script === undefined || instance.script === filter.script) found.push(summaryOf(instance));
    };
    if (filter.status !== 'completed') {
      const mask =
        filter.status === undefined ? (1 << RUNNING) | (1 << FAILED) : 1 << statusByte(filter.status);
      const slots = this.#live.slots.sortedByCreation(mask, scriptTag);
      for (const slot of slots.subarray(Math.max(0, slots.length - limit))) add(this.#liveRow(slot));
    }
    if (filter.status === undefined || filter.status === 'completed') {
      for (const { id, row } of this.#results.newest(limit, scriptTag)) add({ id, row, status: 'completed' });
    }
    return found.sort(newestFirst).slice(0, limit);
  }

  #recentlyEnded(withinMs: number, limit: number): readonly RawRow[] {
    const failed = this.#live.slots.sortedByCreation(1 << FAILED);
    const ended = [
      ...Array.from(failed.subarray(Math.max(0, failed.length - limit)), (slot) => this.#liveRow(slot)),
      ...this.#results.last(limit).map(({ id, row }) => ({ id, row, status: 'completed' as const })),
    ]
      .map((raw) => ({ raw, id: raw.id, at: toStoredInstance(raw).updatedAt }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    const since = (ended[0]?.at ?? 0) - withinMs;
    return ended
      .filter(({ at }) => at >= since)
      .slice(0, limit)
      .map(({ raw }) => raw);
  }
}

/**
 * Whether an instance with the number of this request is of this very request. One whose row no longer tells is taken for it:
 * the other answer would let the request run a second time.
 */
function mayBeOfRequest(instance: StoredInstance, script: string, requestId: string): boolean {
  if (instance.damaged !== undefined && instance.requestId === undefined) return true;
  return instance.script === script && instance.requestId === requestId;
}

function newestFirst(a: InstanceSummary, b: InstanceSummary): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function lookOf(raw: RawRow): InstanceLook {
  const instance = toStoredInstance(raw);
  return { ...summaryOf(instance), damaged: instance.damaged };
}

function summaryOf(instance: StoredInstance): InstanceSummary {
  const { id, script, requestId, codeHash, status, sequence, createdAt, updatedAt } = instance;
  return { id, script, requestId, codeHash, status, sequence, createdAt, updatedAt };
}
