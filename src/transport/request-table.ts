/**
 * Owns: the requests of one member that wait for a reply. Invariants:
 *
 * 1. Each request has its own inbox subject, never used again, also not by a later process with the same peer id
 *    (numbers begin at a point given from outside that moves faster than requests can be sent).
 * 2. A request settles exactly once; its timer and abort listener are gone then. Later replies are dropped.
 */
import { INTERIM } from './headers.ts';
import { TransportError } from './transport-error.ts';
import type { Message, RequestOptions } from './transport.ts';
import type { Timers } from './timers.ts';

interface PendingRequest {
  readonly resolve: (reply: Message) => void;
  readonly reject: (error: unknown) => void;
  readonly onInterim: ((reply: Message) => void) | undefined;
  readonly timer: unknown;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: (() => void) | undefined;
}

export class RequestTable {
  readonly #prefix: string;
  readonly #timers: Timers;
  readonly #reportError: (error: unknown) => void;
  readonly #pending = new Map<string, PendingRequest>();
  #next: number;

  /** `prefix`: of the inbox subjects, with the dot at its end. */
  constructor(prefix: string, firstNumber: number, timers: Timers, reportError: (error: unknown) => void) {
    this.#prefix = prefix;
    this.#next = firstNumber;
    this.#timers = timers;
    this.#reportError = reportError;
  }

  get size(): number {
    return this.#pending.size;
  }

  newInbox(): string {
    return this.#prefix + this.#next++;
  }

  /** Registers a request before it is sent. The promise is what the requester gets. */
  wait(inbox: string, subject: string, options: RequestOptions): Promise<Message> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const onAbort =
        signal &&
        ((): void =>
          this.fail(
            inbox,
            new TransportError('aborted', `The request to "${subject}" was aborted`, {
              cause: signal.reason,
            }),
          ));
      signal?.addEventListener('abort', onAbort!, { once: true });
      const timer = this.#timers.set(
        () => this.fail(inbox, timedOut(subject, options.timeout)),
        options.timeout,
      );
      this.#pending.set(inbox, { resolve, reject, onInterim: options.onInterim, timer, signal, onAbort });
    });
  }

  /** A message to an inbox of this member. */
  received(reply: Message): void {
    const request = this.#pending.get(reply.subject);
    if (request === undefined) return;
    if (reply.headers[INTERIM] !== 'true') {
      this.#take(reply.subject, request);
      request.resolve(reply);
      return;
    }
    try {
      request.onInterim?.(reply);
    } catch (error) {
      this.#reportError(
        new TransportError('handlerFailed', `onInterim of a request threw: ${String(error)}`, {
          cause: error,
        }),
      );
    }
  }

  /** True while the request has not settled. */
  has(inbox: string): boolean {
    return this.#pending.has(inbox);
  }

  fail(inbox: string, error: TransportError): void {
    const request = this.#pending.get(inbox);
    if (request === undefined) return;
    this.#take(inbox, request);
    request.reject(error);
  }

  failAll(makeError: () => TransportError): void {
    for (const inbox of this.#pending.keys()) this.fail(inbox, makeError());
  }

  #take(inbox: string, request: PendingRequest): void {
    this.#pending.delete(inbox);
    this.#timers.clear(request.timer);
    if (request.onAbort !== undefined) request.signal?.removeEventListener('abort', request.onAbort);
  }
}

function timedOut(subject: string, timeout: number): TransportError {
  return new TransportError('timeout', `No final reply from "${subject}" within ${timeout} ms`, {
    fix: 'Send the request again (with a request id it is not done twice), or allow it more time.',
  });
}
