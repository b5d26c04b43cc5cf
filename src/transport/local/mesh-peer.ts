/** One other process, as this one sees it: the way to it, and the way from it. */
import type { Headers } from '../transport.ts';
import type { IncomingConnection } from './incoming-connection.ts';
import type { Link } from './link.ts';
import type { OutgoingConnection } from './outgoing-connection.ts';
import { fullName, type PeerName } from './socket-directory.ts';

export class MeshPeer implements Link {
  readonly name: PeerName;
  readonly fullName: string;
  readonly peer: string;
  outgoing: OutgoingConnection | undefined;
  incoming: IncomingConnection | undefined;
  /** It has told all its subscriptions. */
  ready = false;
  /** It may still become ready within its time for the greeting. */
  awaited = true;
  /** Connections tried or lost so far; makes the pauses longer. */
  attempts = 0;
  /** Handle of the timer for the next attempt. */
  retry: unknown;
  grace: unknown;

  constructor(name: PeerName) {
    this.name = name;
    this.fullName = fullName(name);
    this.peer = name.id;
  }

  /** Both ways are open and its subscriptions are known. */
  get joined(): boolean {
    return this.ready && this.outgoing?.connected === true;
  }

  send(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): boolean {
    if (this.outgoing === undefined) return false;
    // The receiver knows the subject of its subscription.
    return this.outgoing.message(subscription, subscription === 0 ? subject : '', replyTo, headers, data);
  }
}
