/**
 * What processes that share partitions send each other over the transport. A *session* is one worker of one step: the node that runs the job opens it
 * on another node, and each side sends frames to the subject of the other's process.
 */
import { deserialize, serialize } from 'node:v8';

/** Raised when an older process could not understand a newer one; processes of different ones do not share partitions. */
export const PROTOCOL_VERSION = 1;

/** Why a session was ended by the other side. */
export type CloseReason = 'over' | 'full' | 'otherCode' | 'unknownJob' | 'left' | 'silent' | 'unknown';

export type FrameBody =
  /** A piece of a message; `last`: the message is complete. */
  | { readonly kind: 'data'; readonly number: number; readonly piece: Uint8Array; readonly last: boolean }
  /** Of the side that has the worker: it is there, and asks whether it may go on. */
  | { readonly kind: 'beat'; readonly beat: number }
  /** It may, until a lease after it has sent that beat. */
  | { readonly kind: 'echo'; readonly beat: number }
  | { readonly kind: 'ack' }
  | { readonly kind: 'close'; readonly why: CloseReason };

/** Every frame says which pieces have arrived: all below `next`. */
export type Frame = FrameBody & { readonly next: number };

/** A frame on its way: of which session, and to which process answers go. */
export interface Envelope {
  readonly session: string;
  readonly from: string;
  readonly frame: Frame;
}

/** What a process says of itself, every second. */
export interface Presence {
  readonly version: number;
  /** Of the process; part of its subject. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Workers that it has room for now. */
  readonly free: number;
  /** Hash of the code of each job that it serves. */
  readonly jobs: Readonly<Record<string, string>>;
  /** It is about to end. */
  readonly leaving: boolean;
}

/** @param prefix As of all subjects of the nodes; undefined: none. */
export const presenceSubject = (prefix: string | undefined): string => `${dotted(prefix)}waymark.job-nodes`;
export const processSubject = (prefix: string | undefined, id: string): string =>
  `${dotted(prefix)}waymark.job-partitions.${id}`;

const dotted = (prefix: string | undefined): string =>
  prefix === undefined || prefix === '' ? '' : `${prefix}.`;

/** @throws DataCloneError for functions and the like */
export const pack = (value: unknown): Uint8Array => serialize(value);

/** Undefined: these bytes are nothing that `pack` has made. */
export function unpack(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return undefined;
  }
}
