/**
 * Owns: the requests of one member that wait for a reply. Invariants:
 *
 * 1. Each request has its own inbox subject, never used again, also not by a later process with the same peer id: its last token is
 *    a number given to the table, which moves faster from process to process than requests can be sent, and a count.
 * 2. A request is over when its final reply or its failure is told, once; its deadline and abort listener are gone then. Later replies are
 *    dropped.
 */
import { Deadlines, Expiring } from './deadlines.ts';
import { INTERIM } from './headers.ts';
import { TransportError } from './transport-error.ts';
import type { Message, Requester, RequestOptions } from './transport.ts';
import type { Timers } from './timers.ts';

class PendingRequest extends Expiring {
  /** In its inbox subject. */
  readonly count: number;
  readonly subject: string;
  readonly requester: Requester;
  /** Stops listening to the signal. */
  unlisten: (() => void) | undefined = undefined;

  constructor(count: number, subject: string, requester: Requester) {
    super();
    this.count = count;
    this.subject = subject;
    this.requester = requester;
  }
}

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
    this.#deadlines = new Deadlines(timers, (request, timeout) =>
      this.#end(request, timedOut(request.subject, timeout)),
    );
    this.#reportError = reportError;
  }

  get size(): number {
    return this.#pending.size;
  }

  newInbox(): string {
    return this.#prefix + this.#next++;
  }

  /** Registers a request before it is sent. */
  wait(inbox: string, subject: string, options: RequestOptions, requester: Requester): void {
    const request = new PendingRequest(this.#countOf(inbox), subject, requester);
    if (options.signal !== undefined) this.#listen(request, options.signal);
    this.#deadlines.add(request, options.timeout);
    this.#pending.set(request.count, request);
  }

  /** A message to an inbox of this member. */
  received(reply: Message): void {
    const request = this.#pending.get(this.#countOf(reply.subject));
    if (request === undefined) return;
    const isFinal = reply.headers[INTERIM] !== 'true';
    if (isFinal) this.#take(request);
    try {
      if (isFinal) request.requester.replied(reply);
      else request.requester.interim?.(reply);
    } catch (error) {
      this.#threw(request, error);
    }
  }

  /** True while the request is not over. */
  has(inbox: string): boolean {
    return this.#pending.has(this.#countOf(inbox));
  }

  /** The request is over; its requester, who may still be about to send it, is told later. */
  fail(inbox: string, error: TransportError): void {
    const request = this.#pending.get(this.#countOf(inbox));
    if (request === undefined) return;
    this.#take(request);
    queueMicrotask(() => this.#failed(request, error));
  }

  failAll(makeError: () => TransportError): void {
    for (const request of this.#pending.values()) this.#end(request, makeError());
  }

  #listen(request: PendingRequest, signal: AbortSignal): void {
    const { subject } = request;
    const onAbort = (): void =>
      this.#end(
        request,
        new TransportError('aborted', `The request to "${subject}" was aborted`, { cause: signal.reason }),
      );
    signal.addEventListener('abort', onAbort, { once: true });
    request.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  #end(request: PendingRequest, error: TransportError): void {
    this.#take(request);
    this.#failed(request, error);
  }

  #failed(request: PendingRequest, error: TransportError): void {
    try {
      request.requester.failed(error);
    } catch (thrown) {
      this.#threw(request, thrown);
    }
  }

  #threw({ subject }: PendingRequest, error: unknown): void {
    this.#reportError(
      new TransportError('handlerFailed', `The requester of "${subject}" threw: ${String(error)}`, {
        cause: error,
      }),
    );
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
