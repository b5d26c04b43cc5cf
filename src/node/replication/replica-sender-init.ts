/** What the side that sends copies works with. */
import type { AloneMark } from '../leases/alone-mark.ts';
import type { GreetingInit } from './greeting.ts';
import type { ReplicationStatus, Session } from './replication-session.ts';

/**
 * `storeId`: identity of this node's store. `limitMs`: acknowledged later than this, the peer counts as down, ms. `speaks`: default is
 * what this version speaks.
 */
export interface ReplicaSenderInit extends GreetingInit {
  /** Most bytes that wait for the peer. */
  readonly maxWaitingBytes: number;
  /** Largest message, bytes. */
  readonly maxMessageBytes: number;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly setTimer: (action: () => void, ms: number) => unknown;
  readonly clearTimer: (handle: unknown) => void;
  readonly defer: (action: () => void) => void;
  /** Brings the peer up to date; called after each greeting. Rejects when the session ends meanwhile. */
  readonly catchUp: (session: Session) => Promise<void>;
  /** Hashes of code that the next checkpoints may name. */
  readonly wantedCode: () => readonly string[];
  readonly changed: (status: ReplicationStatus) => void;
  /** With leases: what must be known to the engine before anything counts without the peer. */
  readonly alone?: Pick<AloneMark, 'set' | 'clear'> | undefined;
  readonly reportError: (error: unknown) => void;
}
