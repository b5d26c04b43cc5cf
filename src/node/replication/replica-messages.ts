/** What two nodes of a pair say to each other. Control messages are JSON; batches of records are bytes (replica-batch.ts). */
import type { Speaks } from './protocol-version.ts';
import type { TakenOver } from './replica-home.ts';
import type { InstanceStatus } from '../../store/checkpoint-store.ts';

/** The subject on which `node` takes the copies of others. */
export const replicaSubject = (prefix: string, node: string): string => `${prefix}waymark.replica.${node}`;

/** Header that says which of the messages below it is. */
export const REPLICA = 'waymark-replica';

/** Begins a session: everything before it is over. */
export interface Hello {
  readonly node: string;
  /** Which disk the sender has: another one than before means that the old one is gone. */
  readonly store: string;
  /** Hexadecimal; names the batches that follow. */
  readonly session: string;
  /** Left out by nodes that are older than version 1. */
  readonly speaks?: Speaks | undefined;
}

export interface HelloReply {
  readonly speaks?: Speaks | undefined;
  /** The disk whose copy is held; undefined if there is none. */
  readonly store: string | undefined;
  /** Last session whose batches, all up to `number`, were taken. */
  readonly session: string | undefined;
  readonly number: number;
  /** Set when the receiver runs the sender's instances: the sender must not. */
  readonly takenOver: TakenOver | undefined;
}

/** One instance that the receiver holds: id, status, number of its checkpoint, time of its last change, beginning of its code hash. */
export type DigestRow = readonly [
  id: string,
  status: InstanceStatus,
  sequence: number,
  updatedAt: number,
  code: string,
];

/** Enough to tell that an instance was moved to other code. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/** Ends the comparison that follows a greeting: the receiver's copies are those of this disk. */
export interface Settled {
  readonly session: string;
  readonly store: string;
}

/** Asks for a page of what is held, in the order of the ids; the first has `after` empty. */
export interface DigestRequest {
  readonly session: string;
  readonly after: string;
}

export interface DigestReply {
  readonly rows: readonly DigestRow[];
  readonly isLast: boolean;
}

export interface FetchRequest {
  readonly session: string;
  readonly ids: readonly string[];
}

export interface CodeRequest {
  readonly session: string;
  readonly hashes: readonly string[];
}

/** About a node that was taken over: asks which instances are no longer its own. */
export interface TakenOverRequest {
  readonly node: string;
  readonly from: number;
}

export interface TakenOverReply {
  /** Names the take-over. */
  readonly at: number;
  readonly ids: readonly string[];
  /** `from` of the next request. */
  readonly next: number;
  readonly isLast: boolean;
}

/** From a node that has given up what the take-over of that time has taken. */
export interface RejoinRequest {
  readonly node: string;
  readonly at: number;
}

/** To a node: go on with the instances of another one, which is dead. */
export interface TakeOverRequest {
  readonly node: string;
  /** Also if the node has acknowledged what the copies lack: that is given up. */
  readonly acceptRollback?: boolean | undefined;
}

export interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly code?: string | undefined;
  readonly fix?: string | undefined;
  /** When it is about the version. */
  readonly speaks?: Speaks;
}

/** Refused: the sender must begin a new session. */
export type BatchReply = { readonly ok: true } | Refusal;

export const encodeControl = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
export const decodeControl = (data: Uint8Array): unknown => JSON.parse(Buffer.from(data).toString());

/** @throws Error with the peer's reason when its answer is that the session is over */
export function refuseIfOver(reply: object): void {
  if ('ok' in reply && reply.ok === false) throw new Error(String((reply as { reason?: unknown }).reason));
}
