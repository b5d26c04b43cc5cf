/**
 * Owns: the instances in flight on this node. Invariant: for each of them one admission and one use of its code are held,
 * and both are given back when it leaves the table.
 */
import type { Host } from '../runtime/host.ts';
import { Instance } from '../runtime/instance.ts';
import type { StoredInstance } from '../store/checkpoint-store.ts';
import type { Admission } from './admission.ts';
import type { CodeLibrary, LoadedCode } from './code-library.ts';
import { type Ending, LiveInstance, type LiveInstances } from './live-instance.ts';
import type { LiveSummary } from './node-options.ts';
import type { NewInstance } from './requests.ts';
import type { StatisticsBook } from './statistics.ts';

export interface InstanceTableInit {
  readonly admission: Admission;
  readonly code: CodeLibrary;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
}

const OLDEST = 10;

export class InstanceTable {
  readonly live: LiveInstances = new Map();
  readonly #init: InstanceTableInit;

  constructor(init: InstanceTableInit) {
    this.#init = init;
  }

  /** Starts a new instance, which has been admitted. Throws what the module level of its script throws. */
  start(init: NewInstance, host: Host): LiveInstance {
    const live = this.#make(init, host);
    live.instance.start(init.input);
    return live;
  }

  /** The same, for somebody in this process who waits for the end. */
  startWithEnding(init: NewInstance, host: Host): { id: string; ending: Promise<Ending> } {
    const live = this.#make(init, host);
    const ending = new Promise<Ending>((resolve) => live.whenEnded(resolve));
    live.instance.start(init.input);
    return { id: live.id, ending };
  }

  /** Makes an instance again from its checkpoint; nothing of it runs yet. @throws SnapshotError */
  restore(stored: StoredInstance, snapshot: Uint8Array, code: LoadedCode, host: Host): LiveInstance {
    const { id, script, requestId, createdAt } = stored;
    const live = new LiveInstance({ id, script, requestId, createdAt, code });
    const instance = Instance.restore(snapshot, {
      id,
      script,
      realm: code.realm(),
      host,
      createdAt,
      downSince: stored.updatedAt,
      ...(requestId === undefined ? {} : { requestId }),
    });
    live.attach(instance);
    if (instance.replyTo !== undefined) live.addRequester(instance.replyTo);
    live.lastSaved = stored.sequence;
    live.isRecovered = true;
    live.mayRepeat = true;
    live.isDurable = true;
    this.#init.code.use(code);
    this.#init.admission.enter();
    this.live.set(id, live);
    return live;
  }

  /** The same instance, which was stopped, as a checkpoint of it has it. Undefined if it has gone meanwhile. */
  replace(
    live: LiveInstance,
    stored: StoredInstance,
    snapshot: Uint8Array,
    code: LoadedCode,
    host: Host,
  ): LiveInstance | undefined {
    if (this.live.get(live.id) !== live) return undefined;
    this.remove(live);
    const restored = this.restore(stored, snapshot, code, host);
    for (const requester of live.requesters) restored.addRequester(requester);
    for (const data of live.interims) restored.addInterim(data);
    for (const listener of live.onEnded) restored.whenEnded(listener);
    return restored;
  }

  remove(live: LiveInstance): void {
    if (this.live.get(live.id) !== live) return;
    this.live.delete(live.id);
    this.#init.admission.leave();
    this.#init.code.release(live.code);
  }

  ended(live: LiveInstance, ending: Ending): void {
    this.remove(live);
    for (const listener of live.onEnded) listener(ending);
  }

  summaries(script?: string): LiveSummary[] {
    const summaries: LiveSummary[] = [];
    for (const live of this.live.values()) {
      if (script === undefined || live.script === script) summaries.push(summaryOf(live));
    }
    return summaries;
  }

  oldest(): LiveSummary[] {
    const oldest: LiveInstance[] = [];
    for (const live of this.live.values()) {
      const last = oldest.at(-1);
      if (oldest.length === OLDEST && last !== undefined && live.createdAt >= last.createdAt) continue;
      oldest.push(live);
      oldest.sort((a, b) => a.createdAt - b.createdAt);
      if (oldest.length > OLDEST) oldest.pop();
    }
    return oldest.map(summaryOf);
  }

  /** How many were created before `time`. */
  olderThan(time: number): number {
    let count = 0;
    for (const live of this.live.values()) if (live.createdAt < time) count++;
    return count;
  }

  #make(init: NewInstance, host: Host): LiveInstance {
    const { id, script, code, requestId, replyTo } = init;
    const createdAt = this.#init.now();
    const live = new LiveInstance({ id, script, requestId, createdAt, code });
    live.mayRepeat = init.mayRepeat;
    this.#init.code.use(code);
    this.live.set(id, live);
    try {
      live.attach(
        new Instance({
          id,
          script,
          realm: code.realm(),
          host,
          createdAt,
          ...(requestId === undefined ? {} : { requestId }),
          ...(replyTo === undefined ? {} : { replyTo }),
        }),
      );
    } catch (error) {
      this.remove(live);
      throw error;
    }
    if (replyTo !== undefined) live.addRequester(replyTo);
    this.#init.statistics.instanceStarted(script);
    return live;
  }
}

function summaryOf(live: LiveInstance): LiveSummary {
  const { id, script, requestId, createdAt } = live;
  return {
    id,
    script,
    requestId,
    hash: live.code.hash,
    createdAt,
    checkpoint: live.isDurable ? live.lastSaved : 0,
  };
}
