/** What the sending side shows of itself, and what catching up works with. */
import type { Message } from '../../transport/transport.ts';
import type { HelloReply } from './replica-messages.ts';
import type { ReplicaRecord } from './replica-record.ts';

export type ReplicationState = 'connecting' | 'catching-up' | 'in-step' | 'alone' | 'taken-over' | 'closed';

/** What the sender tells about itself. */
export interface ReplicationStatus {
  readonly peer: string;
  readonly state: ReplicationState;
  /** Since when, ms since the epoch. */
  readonly since: number;
  /** Why it is alone. */
  readonly reason: string | undefined;
  /** Records that wait for the peer's acknowledgement, and their bytes. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** Age of the oldest of them, ms. */
  readonly lagMs: number;
}

/** Asks the peer; the answer is its final reply. Rejects when the session is over. */
export type AskPeer = (kind: string, request: object, onPart?: (part: Message) => void) => Promise<Message>;

/** What catching up works with. */
export interface Session {
  readonly id: string;
  /** What the peer answered to the greeting. */
  readonly hello: HelloReply;
  /** Instances changed since the last session, if all of them are known and that session was the peer's last too. */
  readonly changed: ReadonlySet<string> | undefined;
  readonly ask: AskPeer;
  /** Sends what was read from the store, unless a newer record of the same instance was sent; waits while too much waits. */
  send(records: readonly ReplicaRecord[]): Promise<void>;
  /** Resolves when the peer has all that was sent so far, by whomever. */
  sent(): Promise<void>;
  /** True if the whole state of the instance was sent since the session began. */
  isNewer(id: string): boolean;
  /** Instances of which only a change was sent since the last call: their whole state must follow. */
  takeChangedParts(): ReadonlySet<string>;
}
