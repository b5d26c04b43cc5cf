/**
 * The seam between a node and the way messages travel. Every transport runs the same conformance suite
 * (test/transport/conformance.ts). Core messaging only, as in NATS: at most once, no storage. What must not be
 * lost is held by checkpoints, message ids and repeated requests, not by the transport.
 *
 * 1. A message published to a subject reaches every plain subscriber and exactly one member of each queue group
 *    that is known at that moment; messages of one publisher to one subscriber arrive in order.
 * 2. A reply is a message to the request's `replyTo` subject; it may be sent by any process, also after a restart.
 * 3. A handler that throws is reported through `onError` and disturbs nobody else.
 * 4. `close` ends subscriptions, rejects requests under way with TransportError, and leaves no file behind.
 */

/** Names are lower case. Values are text. The ones Waymark gives a meaning are in `headers.ts`. */
export type Headers = Readonly<Record<string, string>>;

export interface Message {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: Headers;
  /** Where replies go; undefined if the sender wants none. */
  readonly replyTo: string | undefined;
}

export interface Subscription {
  /** Stops delivery; messages handed over before are still handled. */
  unsubscribe(): Promise<void>;
}

export interface RequestOptions {
  readonly headers?: Headers | undefined;
  /** Milliseconds from now until the *final* reply must be here. */
  readonly timeout: number;
  /** Called for each reply before the final one (early acknowledgement, progress). */
  readonly onInterim?: ((reply: Message) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Transport {
  /** Subjects are dot-separated tokens of `[A-Za-z0-9_-]`; no wildcards. With `queue`, members share the messages. */
  subscribe(
    subject: string,
    options: { readonly queue?: string | undefined },
    handler: (message: Message) => void,
  ): Promise<Subscription>;
  /** Resolves when the message has been handed to the medium. Never waits for a receiver. */
  publish(
    subject: string,
    data: Uint8Array,
    options?: { headers?: Headers; replyTo?: string },
  ): Promise<void>;
  /**
   * The final reply. A reply is final unless its header `waymark-interim` is `true`.
   * Rejects with TransportError code WM6xxx: no responders (nobody subscribes), timeout, closed, aborted.
   */
  request(subject: string, data: Uint8Array, options: RequestOptions): Promise<Message>;
  close(): Promise<void>;
}
