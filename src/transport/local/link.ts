/** What the members of a local transport tell each other, whatever carries it (memory or a socket). */
import type { Headers } from '../transport.ts';

/** In the place of a subscription number: the message is for the request table of the receiver. */
export const TO_INBOX = 0;

/** A way to one member (possibly oneself). */
export interface Link {
  /** Id of the member at the other end. */
  readonly peer: string;
  /**
   * Hands a message to the medium; never blocks. `subscription` is a number that the other member announced, or TO_INBOX.
   * False when it was not taken because too much is waiting for that member, or it is gone.
   */
  send(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): boolean;
}

/** What a medium calls on the member that it serves. */
export interface Member {
  readonly id: string;
  peerSubscribed(link: Link, subscription: number, subject: string, queue: string | undefined): void;
  peerUnsubscribed(link: Link, subscription: number): void;
  peerLost(link: Link): void;
  /** `subject` is empty unless `subscription` is TO_INBOX. */
  received(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): void;
  reportError(error: unknown): void;
}

/** What connects a member with the others. */
export interface Medium {
  /** Tells all others; resolves when those that can be reached know it. */
  announce(subscription: number, subject: string, queue: string | undefined): Promise<void>;
  /** Tells all others; resolves when everything that they had sent to the subscription has arrived. */
  withdraw(subscription: number): Promise<void>;
  linkTo(peer: string): Link | undefined;
  /** A promise of the next change while members are still finding each other; undefined when there is nothing to wait for. */
  joining(): Promise<void> | undefined;
  close(): Promise<void>;
}
