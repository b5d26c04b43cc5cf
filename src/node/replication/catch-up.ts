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
import type { CheckpointStore, InstanceSummary, StoredInstance } from '../../store/checkpoint-store.ts';
import { fetchCopies, keepCopy } from './fetch-copies.ts';
import {
  decodeControl,
  refuseIfOver,
  shortHash,
  type BatchReply,
  type DigestReply,
  type DigestRow,
} from './replica-messages.ts';
import { recordsOf } from './replica-receiver.ts';
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

/** More than a node has. */
const EVERYTHING = 2 ** 31;
/** Instances asked for at once. */
const FETCH = 64;

export async function catchUp(init: CatchUpInit, session: Session): Promise<void> {
  const sender = new StateSender(init, session);
  // A checkpoint that names it may come without it: it was saved when this peer was away.
  for (const hash of init.codeInUse?.() ?? []) await sender.code(hash);
  if (session.changed) await sender.changed(session.changed);
  else await sender.everything();
  for (let ids = session.takeChangedParts(); ids.size > 0; ids = session.takeChangedParts())
    await sender.changed(ids);
  const answer = await session.ask('settled', { store: init.storeId });
  refuseIfOver(decodeControl(answer.data) as BatchReply);
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
    for (const id of ids) {
      const instance = await this.#init.store.load(id);
      if (instance === undefined) await this.#session.send([{ kind: 'purge', id }]);
      else await this.#send(instance);
    }
  }

  async everything(): Promise<void> {
    const { store, storeId } = this.#init;
    const there = await this.#digest();
    const fromHere = this.#session.hello.store === storeId;
    const takeBack: string[] = [];
    const damaged = new Set<string>();
    for await (const page of store.unfinished()) {
      for (const instance of page) {
        const row = there.get(instance.id);
        there.delete(instance.id);
        // Whose row it was may not even be known: then it is one of those that only the peer has.
        if (instance.damaged !== undefined) damaged.add(instance.id);
        if (row && instance.damaged !== undefined) takeBack.push(instance.id);
        else if (row && isAhead(row, instance)) takeBack.push(instance.id);
        else if (!row || !isSame(row, instance)) await this.#send(instance);
      }
    }
    for (const status of ['failed', 'completed'] as const) {
      for (const summary of await store.list({ status, limit: EVERYTHING })) {
        const row = there.get(summary.id);
        there.delete(summary.id);
        if (row && row[1] === status && isSame(row, summary)) continue;
        const instance = await store.load(summary.id);
        if (instance?.status === status) await this.#send(instance);
      }
    }
    // An older state of this very disk knows less than the copies do; which of them ended since then cannot be told, so they go on.
    const wasSetBack = takeBack.length > 0 || damaged.size > 0;
    for (const [id] of there) {
      if (this.#session.isNewer(id)) continue;
      if (fromHere && !wasSetBack) await this.#session.send([{ kind: 'purge', id }]);
      else takeBack.push(id);
    }
    await this.#takeBack(takeBack);
  }

  async #digest(): Promise<Map<string, DigestRow>> {
    const rows = new Map<string, DigestRow>();
    for (;;) {
      const answer = await this.#session.ask('digest', { from: rows.size });
      const reply = decodeControl(answer.data) as DigestReply;
      refuseIfOver(reply);
      for (const row of reply.rows) rows.set(row[0], row);
      if (reply.isLast) return rows;
    }
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

  async #takeBack(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += FETCH) {
      const records = await fetchCopies(this.#session.ask, ids.slice(at, at + FETCH));
      const back = new Set<string>();
      for (const record of records) {
        // What was written in the meantime is newer than any copy.
        if ('write' in record && this.#session.isNewer(record.write.id)) continue;
        await keepCopy(this.#init.store, record);
        if ('write' in record) back.add(record.write.id);
      }
      for (const id of back) {
        const instance = await this.#init.store.load(id);
        if (instance) this.#init.tookBack(instance);
      }
    }
  }
}

function isSame(row: DigestRow, instance: InstanceSummary): boolean {
  const hasCode = row[4] === undefined || row[4] === shortHash(instance.codeHash);
  return (
    hasCode && row[1] === instance.status && row[2] === instance.sequence && row[3] === instance.updatedAt
  );
}

/** The copy is of a later checkpoint than the one here. */
function isAhead(row: DigestRow, instance: StoredInstance): boolean {
  return (
    row[2] > instance.sequence ||
    (row[1] !== 'running' && row[2] >= instance.sequence && row[3] > instance.updatedAt)
  );
}
