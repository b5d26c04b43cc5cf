/**
 * The seam between a node and the way messages travel. Every transport runs the same conformance suite
 * (test/transport/conformance.ts). Core messaging only, as in NATS: at most once, no storage. What must not be
 * lost is held by checkpoints, message ids and repeated requests, not by the transport.
 *
 * 1. A message published to a subject reaches every plain subscriber and exactly one member of each queue group
 *    that is known at that moment; messages of one publisher to one subscriber arrive in order.
 * 2. A reply is a message to the request's `replyTo` subject; it may be sent by any process, also after a restart.
 * 3. A handler that throws is reported through `onError` and disturbs nobody else.
 * 4. `close` ends subscriptions, fails requests under way with TransportError, and leaves no file behind.
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
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for the replies to a request: an object instead of a promise, because a node has as many requests under way as instances, and a
 * promise with what awaits it takes more memory than all else that a waiting call needs. `awaitReply` is the same as a promise.
 *
 * Either `replied` or `failed` is called, once, and never before `request` has returned. What they throw is reported through `onError`.
 */
export interface Requester {
  /** The final reply: a reply is final unless its header `waymark-interim` is `true`. */
  replied(reply: Message): void;
  /** There will be none. TransportError WM6xxx: no responders (nobody subscribes), timeout, closed, aborted. */
  failed(error: unknown): void;
  /** A reply before the final one (early acknowledgement, progress). */
  interim?: ((reply: Message) => void) | undefined;
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
   * Sends a message whose replies go to `requester`.
   * @throws TransportError when it cannot be sent at all (subject, size, closed, aborted before); `requester` hears nothing then
   */
  request(subject: string, data: Uint8Array, options: RequestOptions, requester: Requester): void;
  close(): Promise<void>;
}
