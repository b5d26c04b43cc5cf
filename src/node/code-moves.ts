/**
 * Moves instances to the newest code of their scripts. Owns nothing. Invariants:
 *
 * 1. An instance is either moved as a whole, in one durable write, or left exactly as it was.
 * 2. One in flight goes on from its last checkpoint, in the new code: as after a crash, `recover` runs.
 * 3. A dry run writes nothing and stops nothing.
 */
import type { Bundle } from '../bundle.ts';
import { describeBundle, needsDescription } from '../runtime/moving/describe-bundle.ts';
import { type Moved, moveSnapshot, type Refusal } from '../runtime/moving/move-snapshot.ts';
import type { CheckpointStore, InstanceSummary, StoredInstance } from '../store/checkpoint-store.ts';
import type { CodeLibrary, LoadedCode } from './code-library.ts';
import type { LiveInstance, LiveInstances } from './live-instance.ts';
import { describeError } from './node-error.ts';

export interface MoveRequest {
  /** Only these; default: all. */
  readonly ids?: readonly string[] | undefined;
  readonly script?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface MoveResult {
  readonly id: string;
  readonly script: string;
  /** Code hash that it had. */
  readonly from: string;
  /** Newest code hash of the script; undefined if the script is not served. */
  readonly to: string | undefined;
  /** `movable`: would be moved, were it no dry run. `current`: it runs the newest code. */
  readonly status: 'moved' | 'movable' | 'current' | 'refused';
  readonly refusals: readonly Refusal[];
  /** Variables that the new code does not have: their values are gone after the move. */
  readonly dropped: readonly string[];
}

export interface CodeMovesInit {
  readonly store: CheckpointStore;
  readonly code: CodeLibrary;
  /** Newest code of a script, which stays loaded meanwhile. */
  readonly newest: (script: string) => LoadedCode | undefined;
  /** Compiles the sources of a bundle again; throws if that is not possible. */
  readonly recompile: ((bundle: Bundle) => Promise<Bundle>) | undefined;
  /** Empty where nothing runs. */
  readonly live: LiveInstances;
  /** Puts what the store has of a stopped instance in its place. */
  readonly replace: (
    live: LiveInstance,
    stored: StoredInstance,
    snapshot: Uint8Array,
    code: LoadedCode,
  ) => void;
  readonly pause: (ms: number) => Promise<void>;
}

/** Code that instances of one request have, with what is said about it; in use until the request is done. */
type OldCode = Map<string, { readonly code: LoadedCode; readonly bundle: Bundle }>;

const MOST_LISTED = 1_000_000;
/** An instance that makes checkpoints all the time gives way for a moment; so often it is waited for. */
const ATTEMPTS = 50;
const PAUSE_MS = 10;

export class CodeMoves {
  readonly #init: CodeMovesInit;

  constructor(init: CodeMovesInit) {
    this.#init = init;
  }

  /** In the order in which they were started; those that run the newest code are left out unless `ids` names them. */
  async move(request: MoveRequest = {}): Promise<readonly MoveResult[]> {
    const results: MoveResult[] = [];
    const old: OldCode = new Map();
    try {
      for (const summary of await this.#chosen(request)) {
        const result = await this.#moveOne(summary, request.dryRun === true, old);
        if (result !== undefined && (result.status !== 'current' || request.ids !== undefined))
          results.push(result);
      }
    } finally {
      for (const { code } of old.values()) this.#init.code.release(code);
      this.#init.code.dropUnused();
    }
    return results;
  }

  async #chosen({ ids, script }: MoveRequest): Promise<readonly InstanceSummary[]> {
    const { store } = this.#init;
    if (ids !== undefined) {
      const found = await Promise.all(ids.map((id) => store.load(id)));
      return found.filter(
        (one) => one !== undefined && (script === undefined || one.script === script),
      ) as InstanceSummary[];
    }
    const lists = await Promise.all(
      (['running', 'failed'] as const).map((status) => store.list({ status, script, limit: MOST_LISTED })),
    );
    return lists.flat().toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Undefined if it has ended meanwhile. */
  async #moveOne(summary: InstanceSummary, isDry: boolean, old: OldCode): Promise<MoveResult | undefined> {
    const { store, newest, live: all } = this.#init;
    for (let attempt = 0; ; attempt++) {
      const stored = await store.load(summary.id);
      if (stored === undefined || stored.status === 'completed') return undefined;
      const target = newest(stored.script);
      const head = { id: stored.id, script: stored.script, from: stored.codeHash, to: target?.hash };
      const refuse = (reason: string): MoveResult => {
        const refusals = [{ what: 'instance', place: undefined, reason }];
        return { ...head, status: 'refused', refusals, dropped: [] };
      };
      if (target === undefined) return refuse(`no script "${stored.script}" is served`);
      if (target.hash === stored.codeHash) return { ...head, status: 'current', refusals: [], dropped: [] };
      if (stored.snapshot === undefined) return refuse(stored.damaged ?? 'it has no checkpoint');
      let moved: Moved;
      try {
        moved = await this.#compute(stored, stored.snapshot, target, old);
      } catch (error) {
        const now = await store.load(stored.id);
        // It has ended since, and its code with it, or has been moved by somebody else.
        const hasChanged = now?.codeHash !== stored.codeHash || now.status === 'completed';
        if (hasChanged && attempt < ATTEMPTS) continue;
        return refuse(describeError(error));
      }
      if ('refusals' in moved) return { ...head, status: 'refused', refusals: moved.refusals, dropped: [] };
      const { dropped } = moved;
      if (isDry) return { ...head, status: 'movable', refusals: [], dropped };
      const live = all.get(stored.id);
      const isAtRest =
        live === undefined || (live.lastSaved === stored.sequence && !live.isEnding && !live.isStopped);
      if (isAtRest && (await this.#write(stored, moved.snapshot, target, live)))
        return { ...head, status: 'moved', refusals: [], dropped };
      if (attempt === ATTEMPTS) return refuse('it makes checkpoints or ends right now: try again');
      await this.#init.pause(PAUSE_MS);
    }
  }

  async #compute(
    stored: StoredInstance,
    snapshot: Uint8Array,
    target: LoadedCode,
    old: OldCode,
  ): Promise<Moved> {
    let from = old.get(stored.codeHash);
    if (from === undefined) {
      const code = await this.#init.code.takeStored(stored.codeHash);
      from = { code, bundle: await this.#describe(code.bundle) };
      old.set(stored.codeHash, from);
    }
    return moveSnapshot(snapshot, from.code.freshRealm(from.bundle), () => target.realm());
  }

  async #describe(bundle: Bundle): Promise<Bundle> {
    if (!needsDescription(bundle) || this.#init.recompile === undefined) return bundle;
    try {
      return describeBundle(bundle, await this.#init.recompile(bundle));
    } catch {
      // Its frames are refused one by one, with the reason that their code is not described.
      return bundle;
    }
  }

  /** False if the instance has changed meanwhile; then it goes on as it was. */
  async #write(
    stored: StoredInstance,
    snapshot: Uint8Array,
    target: LoadedCode,
    live: LiveInstance | undefined,
  ): Promise<boolean> {
    const { store, code, replace } = this.#init;
    const { id, codeHash, sequence } = stored;
    code.use(target);
    // Kept until the instance, which may have to go on in it, has been put back.
    const old = live?.code;
    if (old !== undefined) code.use(old);
    live?.stop();
    let next:
      | { readonly stored: StoredInstance; readonly snapshot: Uint8Array; readonly code: LoadedCode }
      | undefined;
    try {
      await code.save(target);
      const change = { id, from: { codeHash, sequence }, codeHash: target.hash, snapshot };
      const isChanged = await store.changeCode(change);
      if (isChanged) next = { stored: { ...stored, codeHash: target.hash }, snapshot, code: target };
      return isChanged;
    } finally {
      if (live !== undefined && old !== undefined) {
        next ??= { stored, snapshot: stored.snapshot!, code: old };
        replace(live, next.stored, next.snapshot, next.code);
        code.release(old);
      }
      code.release(target);
    }
  }
}
