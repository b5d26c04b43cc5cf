/**
 * Owns: the requests of one member that wait for a reply. Invariants:
 *
 * 1. Each request has its own inbox subject, never used again, also not by a later process with the same peer id: its last token is
 *    a number given to the table, which moves faster from process to process than requests can be sent, and a count.
 * 2. A request settles exactly once; its deadline and abort listener are gone then. Later replies are dropped.
 */
import { Deadlines, Expiring } from './deadlines.ts';
import { INTERIM } from './headers.ts';
import { TransportError } from './transport-error.ts';
import type { Message, RequestOptions } from './transport.ts';
import type { Timers } from './timers.ts';

class PendingRequest extends Expiring {
  /** In its inbox subject. */
  readonly count: number;
  readonly subject: string;
  readonly timeout: number;
  readonly onInterim: ((reply: Message) => void) | undefined;
  resolve: (reply: Message) => void = unset;
  reject: (error: unknown) => void = unset;
  /** Stops listening to the signal. */
  unlisten: (() => void) | undefined = undefined;

  constructor(count: number, subject: string, { timeout, onInterim }: RequestOptions) {
    super();
    this.count = count;
    this.subject = subject;
    this.timeout = timeout;
    this.onInterim = onInterim;
  }
}

const unset = (): void => {};
const ZERO = 48;

export class RequestTable {
  readonly #prefix: string;
  readonly #deadlines: Deadlines<PendingRequest>;
  readonly #reportError: (error: unknown) => void;
  /** By their counts, which are found faster than texts. */
  readonly #pending = new Map<number, PendingRequest>();
  #next = 1;

  /** `prefix`: of the inbox subjects, with the dot at its end. */
  constructor(prefix: string, firstNumber: number, timers: Timers, reportError: (error: unknown) => void) {
    this.#prefix = `${prefix}${firstNumber}-`;
    this.#deadlines = new Deadlines(timers, (request) =>
      this.#reject(request, timedOut(request.subject, request.timeout)),
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
    const request = new PendingRequest(this.#countOf(inbox), subject, options);
    if (options.signal !== undefined) this.#listen(request, options.signal);
    this.#deadlines.add(request, options.timeout);
    this.#pending.set(request.count, request);
    return new Promise((resolve, reject) => {
      request.resolve = resolve;
      request.reject = reject;
    });
  }

  /** A message to an inbox of this member. */
  received(reply: Message): void {
    const request = this.#pending.get(this.#countOf(reply.subject));
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
    return this.#pending.has(this.#countOf(inbox));
  }

  fail(inbox: string, error: TransportError): void {
    const request = this.#pending.get(this.#countOf(inbox));
    if (request !== undefined) this.#reject(request, error);
  }

  failAll(makeError: () => TransportError): void {
    for (const request of this.#pending.values()) this.#reject(request, makeError());
  }

  #listen(request: PendingRequest, signal: AbortSignal): void {
    const { subject } = request;
    const onAbort = (): void =>
      this.#reject(
        request,
        new TransportError('aborted', `The request to "${subject}" was aborted`, { cause: signal.reason }),
      );
    signal.addEventListener('abort', onAbort, { once: true });
    request.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  #reject(request: PendingRequest, error: TransportError): void {
    this.#take(request);
    request.reject(error);
  }

  #take(request: PendingRequest): void {
    this.#pending.delete(request.count);
    this.#deadlines.remove(request);
    request.unlisten?.();
  }

  /** The count in an inbox subject of this table; 0, which no request has, for every other subject. */
  #countOf(inbox: string): number {
    if (!inbox.startsWith(this.#prefix)) return 0;
    let count = 0;
    for (let at = this.#prefix.length; at < inbox.length; at++) {
      const digit = inbox.charCodeAt(at) - ZERO;
      if (digit < 0 || digit > 9) return 0;
      count = count * 10 + digit;
    }
    return count;
  }
}

function timedOut(subject: string, timeout: number): TransportError {
  return new TransportError('timeout', `No final reply from "${subject}" within ${timeout} ms`, {
    fix: 'Send the request again (with a request id it is not done twice), or allow it more time.',
  });
}
