/**
 * Owns: the requests of one member that wait for a reply. Invariants:
 *
 * 1. Each request has its own inbox subject, never used again, also not by a later process with the same peer id
 *    (numbers begin at a point given from outside that moves faster than requests can be sent).
 * 2. A request settles exactly once; its deadline and abort listener are gone then. Later replies are dropped.
 */
import { Deadlines, Expiring } from './deadlines.ts';
import { INTERIM } from './headers.ts';
import { TransportError } from './transport-error.ts';
import type { Message, RequestOptions } from './transport.ts';
import type { Timers } from './timers.ts';

class PendingRequest extends Expiring {
  readonly inbox: string;
  readonly subject: string;
  readonly timeout: number;
  readonly onInterim: ((reply: Message) => void) | undefined;
  resolve: (reply: Message) => void = unset;
  reject: (error: unknown) => void = unset;
  /** Stops listening to the signal. */
  unlisten: (() => void) | undefined = undefined;

  constructor(inbox: string, subject: string, { timeout, onInterim }: RequestOptions) {
    super();
    this.inbox = inbox;
    this.subject = subject;
    this.timeout = timeout;
    this.onInterim = onInterim;
  }
}

const unset = (): void => {};

export class RequestTable {
  readonly #prefix: string;
  readonly #deadlines: Deadlines<PendingRequest>;
  readonly #reportError: (error: unknown) => void;
  readonly #pending = new Map<string, PendingRequest>();
  #next: number;

  /** `prefix`: of the inbox subjects, with the dot at its end. */
  constructor(prefix: string, firstNumber: number, timers: Timers, reportError: (error: unknown) => void) {
    this.#prefix = prefix;
    this.#next = firstNumber;
    this.#deadlines = new Deadlines(timers, ({ inbox, subject, timeout }) =>
      this.fail(inbox, timedOut(subject, timeout)),
    );
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
    const request = new PendingRequest(inbox, subject, options);
    if (options.signal !== undefined) this.#listen(request, options.signal);
    this.#deadlines.add(request, options.timeout);
    this.#pending.set(inbox, request);
    return new Promise((resolve, reject) => {
      request.resolve = resolve;
      request.reject = reject;
    });
  }

  /** A message to an inbox of this member. */
  received(reply: Message): void {
    const request = this.#pending.get(reply.subject);
    if (request === undefined) return;
    if (reply.headers[INTERIM] !== 'true') {
      this.#take(request);
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
    this.#take(request);
    request.reject(error);
  }

  failAll(makeError: () => TransportError): void {
    for (const inbox of this.#pending.keys()) this.fail(inbox, makeError());
  }

  #listen(request: PendingRequest, signal: AbortSignal): void {
    const { inbox, subject } = request;
    const onAbort = (): void =>
      this.fail(
        inbox,
        new TransportError('aborted', `The request to "${subject}" was aborted`, { cause: signal.reason }),
      );
    signal.addEventListener('abort', onAbort, { once: true });
    request.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  #take(request: PendingRequest): void {
    this.#pending.delete(request.inbox);
    this.#deadlines.remove(request);
    request.unlisten?.();
  }
}

function timedOut(subject: string, timeout: number): TransportError {
  return new TransportError('timeout', `No final reply from "${subject}" within ${timeout} ms`, {
    fix: 'Send the request again (with a request id it is not done twice), or allow it more time.',
  });
}
