/**
 * Owns: what the node knows of one instance in flight besides its state. Invariants:
 *
 * 1. It is in the table of live instances from before its first job until its outcome is durable (or it was stopped).
 * 2. `operations` holds exactly what has been armed and neither settled nor disarmed: what `isWanted`.
 */
import { FewByNumber } from '../runtime/few-by-number.ts';
import type { Instance } from '../runtime/instance.ts';
import type { OperationRequest } from '../runtime/host.ts';
import type { OperationResult } from '../runtime/operation-table.ts';
import type { Caller } from './calls.ts';
import type { LoadedCode } from './code-library.ts';
import type { TimerEntry } from './timer-queue.ts';

/** How the instance ended, as the requester sees it. */
export interface Ending {
  readonly status: 'completed' | 'failed';
  /** What is kept as result and sent as the final reply. */
  readonly body: Uint8Array;
  /** Of the error; undefined when completed. */
  readonly errorCode: string | undefined;
  /** As returned or thrown. */
  readonly value: unknown;
}

/** What an instance waits for. */
export class Operation implements Caller {
  readonly live: LiveInstance;
  readonly number: number;
  readonly kind: OperationRequest['kind'];
  /** When it was armed in this life, ms since the epoch. */
  readonly since: number;
  /** Of a sleep. */
  timer: TimerEntry | undefined = undefined;
  /** Neither settled nor disarmed. */
  isWanted = true;

  constructor(live: LiveInstance, number: number, kind: OperationRequest['kind'], since: number) {
    this.live = live;
    this.number = number;
    this.kind = kind;
    this.since = since;
  }

  /** Of what is sent for it, in every life. */
  get messageId(): string {
    return `${this.live.id}:${this.number}`;
  }

  /** It is over; nothing happens if nobody waits for it any more. */
  settle(result: OperationResult): void {
    if (!this.isWanted) return;
    const { live, number } = this;
    this.isWanted = false;
    live.operations.delete(number);
    if (!live.isStopped) live.instance.settle(number, result);
  }
}

/** So many requesters of one instance get replies: the newest. */
const MOST_REQUESTERS = 100;
/** So many interim replies are kept to be sent again: the newest. */
const MOST_INTERIMS = 16;

const NOTHING: readonly never[] = [];

/** A list of its exact length: one that is pushed to, and so `[...list, newest]`, takes room for 17. Most have one entry. */
const withNewest = <T>(list: readonly T[], newest: T, most: number): readonly T[] =>
  (list.length < most ? list : list.slice(1 - most)).concat([newest]);

export interface LiveInstanceInit {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly createdAt: number;
  readonly code: LoadedCode;
}

export class LiveInstance {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly createdAt: number;
  readonly code: LoadedCode;
  readonly operations = new FewByNumber<Operation>();
  #onEnded: readonly ((ending: Ending) => void)[] = NOTHING;
  #instance: Instance | undefined;
  #requesters: readonly string[] = NOTHING;
  #interims: readonly Uint8Array[] = NOTHING;
  /** Number of the last checkpoint that was handed to the store, durable or not; 0 if none. */
  lastSaved = 0;
  /** Has a checkpoint in the store. */
  isDurable = false;
  /** Restored from a checkpoint of an earlier life. */
  isRecovered = false;
  /** What it sends may have been sent before: by an earlier life, or by another run of the same request. */
  mayRepeat = false;
  /** A reply of this life has been sent. */
  hasReplied = false;
  /** It runs no more: stopped at a checkpoint, or with the node. */
  isStopped = false;
  /** Its outcome is known and on its way into the store. */
  isEnding = false;

  constructor(init: LiveInstanceInit) {
    this.id = init.id;
    this.script = init.script;
    this.requestId = init.requestId;
    this.createdAt = init.createdAt;
    this.code = init.code;
  }

  get instance(): Instance {
    return this.#instance!;
  }

  /** To be called once, before anything runs. */
  attach(instance: Instance): void {
    this.#instance = instance;
    instance.hosted = this;
  }

  get requesters(): readonly string[] {
    return this.#requesters;
  }

  get interims(): readonly Uint8Array[] {
    return this.#interims;
  }

  addRequester(replyTo: string): void {
    if (!this.#requesters.includes(replyTo))
      this.#requesters = withNewest(this.#requesters, replyTo, MOST_REQUESTERS);
  }

  addInterim(data: Uint8Array): void {
    this.#interims = withNewest(this.#interims, data, MOST_INTERIMS);
  }

  /** Called when the outcome is durable. */
  get onEnded(): readonly ((ending: Ending) => void)[] {
    return this.#onEnded;
  }

  whenEnded(listener: (ending: Ending) => void): void {
    this.#onEnded = this.#onEnded.concat([listener]);
  }

  /** A checkpoint of this life is durable. */
  checkpointMade(): void {
    this.isDurable = true;
    // What comes now, no earlier life has got to: its script waited for a checkpoint that it never had.
    if (this.isRecovered) this.mayRepeat = false;
  }

  /** Stops it where it is; nothing of it runs any more. */
  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.#instance?.stop();
  }
}

/** All instances in flight on one node, by id. */
export type LiveInstances = Map<string, LiveInstance>;
