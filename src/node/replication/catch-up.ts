/**
 * Brings a peer up to date after a greeting, while the node goes on serving. Three cases:
 *
 * - The peer has the session before this one: only the instances changed since then are sent.
 * - The peer holds copies of this very disk: both sides' lists are compared; what differs is sent, what is gone here is removed
 *   there. Copies that are ahead of the disk (it was set back to an older state), or of damaged rows, are taken back.
 * - The peer holds copies of another disk, one that this node had before: what this disk does not know is taken back and goes on
 *   here. Losing a disk loses nothing.
 *
 * Reading happens after the greeting, and a store answers a read after the writes that were called before it; so what was
 * written before the session is seen here, and what is written in it is sent by itself.
 */
import type {
  CheckpointStore,
  InstanceLook,
  InstanceSummary,
  StoredInstance,
} from '../../store/checkpoint-store.ts';
import { fetchCopies, keepCopy } from './fetch-copies.ts';
import {
  decodeControl,
  refuseIfOver,
  shortHash,
  type BatchReply,
  type DigestReply,
  type DigestRow,
} from './replica-messages.ts';
import { recordsOf } from './record-writing.ts';
import type { Session } from './replication-session.ts';

export interface CatchUpInit {
  readonly store: CheckpointStore;
  readonly storeId: string;
  /** Called for an instance that was taken back from the peer; it is in the store, and runs if its status is running. */
  readonly tookBack: (instance: StoredInstance) => void;
  readonly reportError: (error: unknown) => void;
  /** Hashes of code that was saved before and may be named by the next checkpoint. */
  readonly codeInUse?: (() => readonly string[]) | undefined;
}

/** Instances of this node's store looked at at once. */
const PAGE = 1_000;
/** So many instances that only the peer has are remembered at a time. */
const MOST_GONE = 50_000;
/** Instances read or asked for at once: a store answers a read after the writes before it, so one after the other each waits for a flush. */
const AT_ONCE = 64;

function* groupsOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += AT_ONCE) yield items.slice(at, at + AT_ONCE);
}

export async function catchUp(init: CatchUpInit, session: Session): Promise<void> {
  const sender = new StateSender(init, session);
  // A checkpoint that names it may come without it: it was saved when this peer was away.
  for (const hash of init.codeInUse?.() ?? []) await sender.code(hash);
  if (session.changed) await sender.changed(session.changed);
  else await sender.everything();
  for (let ids = session.takeChangedParts(); ids.size > 0; ids = session.takeChangedParts())
    await sender.changed(ids);
  await session.sent();
  const answer = await session.ask('settled', { store: init.storeId });
  refuseIfOver(decodeControl(answer.data) as BatchReply);
}

interface Page<T> {
  readonly rows: readonly T[];
  readonly isLast: boolean;
}

/** One row after the other, a page of them in memory. */
class PagedRows<T> {
  readonly #read: (after: string) => Promise<Page<T>>;
  readonly #idOf: (row: T) => string;
  #after: string;
  #page: Page<T> = { rows: [], isLast: false };
  #next = 0;

  constructor(after: string, idOf: (row: T) => string, read: (after: string) => Promise<Page<T>>) {
    this.#after = after;
    this.#idOf = idOf;
    this.#read = read;
  }

  async next(): Promise<T | undefined> {
    while (this.#next === this.#page.rows.length) {
      if (this.#page.isLast) return undefined;
      this.#page = await this.#read(this.#after);
      this.#next = 0;
    }
    const row = this.#page.rows[this.#next++]!;
    this.#after = this.#idOf(row);
    return row;
  }
}

const idOfLook = ({ id }: InstanceLook): string => id;
const idOfRow = ([id]: DigestRow): string => id;

async function lookPage(store: CheckpointStore, after: string): Promise<Page<InstanceLook>> {
  const rows = await store.page(after, PAGE);
  return { rows, isLast: rows.length < PAGE };
}

class StateSender {
  readonly #init: CatchUpInit;
  readonly #session: Session;
  /** Hashes of code that the peer has. */
  readonly #code = new Set<string>();

  constructor(init: CatchUpInit, session: Session) {
    this.#init = init;
    this.#session = session;
  }

  async changed(ids: ReadonlySet<string>): Promise<void> {
    for (const group of groupsOf([...ids])) {
      for (const [id, instance] of await this.#load(group)) {
        if (instance === undefined) await this.#session.send([{ kind: 'purge', id }]);
        else await this.#send(instance);
      }
    }
  }

  /**
   * Compares both sides page by page in the order of the ids, so that never more than a page of each is in memory; what is to be
   * done about instances that only the peer has is decided at the end, when it is known whether this disk was set back.
   */
  async everything(): Promise<void> {
    const fromHere = this.#session.hello.store === this.#init.storeId;
    let wasSetBack = false;
    for (let after: string | undefined = ''; after !== undefined;) {
      const compared = await this.#compare(after);
      // An older state of this very disk knows less than the copies do; which of them ended since then cannot be told, so they go on.
      wasSetBack ||= compared.wasSetBack;
      const { onlyThere } = compared;
      const isGoneHere = fromHere && !wasSetBack;
      // Those that run first: somebody waits for them, and there may be a thousand kept results for each.
      await this.#settleOnlyThere(onlyThere.filter(isRunning), isGoneHere);
      await this.#settleOnlyThere(
        onlyThere.filter((row) => !isRunning(row)),
        isGoneHere,
      );
      after = onlyThere.length < MOST_GONE ? undefined : onlyThere.at(-1)![0];
    }
  }

  /** Instances that only the peer has: they are gone here, and removed there, or come back. */
  async #settleOnlyThere(rows: readonly DigestRow[], isGoneHere: boolean): Promise<void> {
    for (const group of groupsOf(rows)) {
      const takeBack: string[] = [];
      for (const [id, instance] of await this.#load(group.map(([id]) => id))) {
        if (this.#session.isNewer(id) || instance !== undefined) continue;
        if (isGoneHere) await this.#session.send([{ kind: 'purge', id }]);
        else takeBack.push(id);
      }
      await this.#takeBack(takeBack);
    }
  }

  /** Sends what differs, takes back what is ahead there, and collects (at most so many at a time) what only the peer has. */
  async #compare(from: string): Promise<{ wasSetBack: boolean; onlyThere: DigestRow[] }> {
    const { store } = this.#init;
    const here = new PagedRows(from, idOfLook, (after) => lookPage(store, after));
    const there = new PagedRows(from, idOfRow, (after) => this.#digest(after));
    const onlyThere: DigestRow[] = [];
    const takeBack: string[] = [];
    const differing: string[] = [];
    let wasSetBack = false;
    let [look, row] = [await here.next(), await there.next()];
    while (look !== undefined || (row !== undefined && onlyThere.length < MOST_GONE)) {
      const isHere = look !== undefined && (row === undefined || look.id <= row[0]);
      const isThere = row !== undefined && (look === undefined || row[0] <= look.id);
      if (look !== undefined && isHere) {
        // Whose row it was may not even be known: then it is one of those that only the peer has.
        if (look.damaged !== undefined) wasSetBack = true;
        if (isThere && (look.damaged !== undefined || isAhead(row!, look))) takeBack.push(look.id);
        else if (!isThere || !isSame(row!, look)) differing.push(look.id);
      } else if (onlyThere.length < MOST_GONE) onlyThere.push(row!);
      if (isHere) look = await here.next();
      if (isThere) row = await there.next();
      if (differing.length === AT_ONCE) await this.#sendStored(differing.splice(0));
      if (takeBack.length < AT_ONCE) continue;
      wasSetBack = true;
      await this.#takeBack(takeBack.splice(0));
    }
    await this.#sendStored(differing);
    wasSetBack ||= takeBack.length > 0;
    await this.#takeBack(takeBack);
    return { wasSetBack, onlyThere };
  }

  async #digest(after: string): Promise<Page<DigestRow>> {
    const answer = await this.#session.ask('digest', { after });
    const reply = decodeControl(answer.data) as DigestReply;
    refuseIfOver(reply);
    return { rows: reply.rows, isLast: reply.isLast };
  }

  #load(ids: readonly string[]): Promise<(readonly [id: string, instance: StoredInstance | undefined])[]> {
    return Promise.all(ids.map(async (id) => [id, await this.#init.store.load(id)] as const));
  }

  async #sendStored(ids: readonly string[]): Promise<void> {
    for (const [, instance] of await this.#load(ids)) if (instance) await this.#send(instance);
  }

  async #send(instance: StoredInstance): Promise<void> {
    // Damaged here: the peer's copy is the better one.
    if (instance.damaged !== undefined) return;
    await this.code(instance.codeHash);
    await this.#session.send(recordsOf(instance));
  }

  async code(hash: string): Promise<void> {
    if (this.#code.has(hash)) return;
    this.#code.add(hash);
    const answer = await this.#session.ask('missing-code', { hashes: [hash] });
    const reply = decodeControl(answer.data) as { missing: string[] };
    refuseIfOver(reply);
    if (reply.missing.length === 0) return;
    const bundle = await this.#init.store.loadCode(hash);
    if (bundle) await this.#session.send([{ kind: 'code', hash, bundle }]);
  }

  /** @param ids `AT_ONCE` at most. */
  async #takeBack(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { store, tookBack } = this.#init;
    const records = await fetchCopies(this.#session.ask, ids);
    for (const record of records) if (record.kind === 'code') await keepCopy(store, record);
    const back = new Set<string>();
    const writes: Promise<void>[] = [];
    for (const record of records) {
      // What was written in the meantime is newer than any copy.
      if (!('write' in record) || this.#session.isNewer(record.write.id)) continue;
      back.add(record.write.id);
      // All at once: the store puts them into one commit. A flush for each of the results of an hour would take minutes.
      writes.push(keepCopy(store, record));
    }
    await Promise.all(writes);
    for (const [, instance] of await this.#load([...back])) if (instance) tookBack(instance);
  }
}

const isRunning = (row: DigestRow): boolean => row[1] === 'running';

function isSame(row: DigestRow, instance: InstanceSummary): boolean {
  return (
    row[4] === shortHash(instance.codeHash) &&
    row[1] === instance.status &&
    row[2] === instance.sequence &&
    row[3] === instance.updatedAt
  );
}

/** The copy is of a later checkpoint than the one here. */
function isAhead(row: DigestRow, instance: InstanceSummary): boolean {
  return (
    row[2] > instance.sequence ||
    (row[1] !== 'running' && row[2] >= instance.sequence && row[3] > instance.updatedAt)
  );
}
