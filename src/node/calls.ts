/**
 * Owns: the calls of instances that wait for a reply. Every try of a call carries the same message id, so that the receiver can drop
 * what it has done already; from the second try on, and after a restore, it says that it may be a repetition.
 */

import type { OperationRequest } from '../runtime/host.ts';
import { ERROR, MESSAGE_ID, POSSIBLE_REPEAT } from '../transport/headers.ts';
import { TransportError, type TransportErrorKind } from '../transport/transport-error.ts';
import { awaitReply } from '../transport/await-reply.ts';
import type { Headers, Message, Requester, Transport } from '../transport/transport.ts';
import { CallError } from '../script-errors.ts';
import { NodeErrorCode } from './node-error.ts';
import { decodePayload } from '../payload.ts';
import { decodeError } from './replies.ts';
import type { StatisticsBook } from './statistics.ts';
import type { TimerQueue } from './timer-queue.ts';

export type CallRequest = Extract<OperationRequest, { kind: 'call' }>;
export type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: CallError };

export interface CallsInit {
  readonly transport: Transport;
  readonly timers: TimerQueue;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** How long a call waits for a service that is not there at all (it may be starting), ms; at most its own timeout. */
  readonly absentServiceMs: number;
  readonly reportError: (error: unknown) => void;
}

/** The operation that a call is of. */
export interface Caller {
  /** Of every try. */
  readonly messageId: string;
  /** False as soon as nobody waits for the result. */
  readonly isWanted: boolean;
  /** When the call was begun in this life, ms since the epoch. */
  readonly since: number;
  /** The reply, or the error of the last try; called once, and never while `Calls.run` is. */
  settle(result: CallResult): void;
}

/** Pauses between looks for a service that is not there. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;
/** Answers of a node that has not begun: another try may reach another node, or a better moment. */
const NOT_BEGUN: ReadonlySet<string> = new Set([NodeErrorCode.tooManyInFlight, NodeErrorCode.stopping]);
/** Failures after which another try makes sense. A message that is too large or a subject that is none will not become better. */
const MAY_PASS: ReadonlySet<TransportErrorKind> = new Set(['timeout', 'peerNotReading', 'noResponders']);

/** A call whose first try is under way. There is one for every instance that waits, so it holds no more than it must. */
class BegunCall implements Requester {
  readonly calls: Calls;
  readonly request: CallRequest;
  readonly repeat: boolean;
  readonly caller: Caller;
  /** On the monotonic clock. */
  readonly begun: number;

  constructor(calls: Calls, request: CallRequest, repeat: boolean, caller: Caller, begun: number) {
    this.calls = calls;
    this.request = request;
    this.repeat = repeat;
    this.caller = caller;
    this.begun = begun;
  }

  replied(reply: Message): void {
    // Nearly all calls are over with this.
    if (reply.headers[ERROR] === undefined) this.caller.settle(this.calls.succeeded(reply, this.begun));
    else this.calls.finish(this, Promise.resolve(reply));
  }

  failed(error: unknown): void {
    this.calls.finish(this, Promise.reject(error));
  }
}

export class Calls {
  readonly #init: CallsInit;

  constructor(init: CallsInit) {
    this.#init = init;
  }

  run(request: CallRequest, repeat: boolean, caller: Caller): void {
    const { transport, statistics, monotonic } = this.#init;
    const { subject, data, timeout } = request;
    statistics.calls++;
    const call = new BegunCall(this, request, repeat, caller, monotonic());
    try {
      transport.request(subject, data, { headers: headersOf(caller.messageId, repeat), timeout }, call);
    } catch (error) {
      call.failed(error);
    }
  }

  /** The first try is over and did not bring a result, or it failed. */
  finish(call: BegunCall, first: Promise<Message>): void {
    this.#finish(call, first).then((result) => call.caller.settle(result), this.#init.reportError);
  }

  succeeded(reply: Message, begun: number): CallResult {
    const value = decodePayload(reply.data);
    this.#init.statistics.called(true, this.#init.monotonic() - begun);
    return { ok: true, value };
  }

  /** Looks for the service again, tries again. */
  async #finish(call: BegunCall, first: Promise<Message>): Promise<CallResult> {
    const { statistics, now, monotonic } = this.#init;
    const { request, caller, begun } = call;
    const { subject } = request;
    const { messageId } = caller;
    let { repeat } = call;
    let start = caller.since;
    let sent = first;
    let last: CallError | undefined;
    for (let attempt = 0; attempt <= request.retries && (attempt === 0 || caller.isWanted); attempt++) {
      if (attempt > 0) {
        statistics.callRetries++;
        repeat = true;
        start = now();
        sent = this.#send(request, headersOf(messageId, repeat), request.timeout);
      }
      try {
        let reply: Message;
        try {
          reply = await sent;
        } catch (error) {
          reply = await this.#lookAgain(request, headersOf(messageId, repeat), caller, start, error);
        }
        const code = reply.headers[ERROR];
        if (code === undefined) return this.succeeded(reply, begun);
        const body = decodeError(reply.data, code);
        last = new CallError(`"${subject}" answered with an error: ${body.message} (${body.code})`, {
          subject,
          remote: body,
        });
        if (!NOT_BEGUN.has(code)) break;
      } catch (error) {
        last = asCallError(subject, error);
        if (!(error instanceof TransportError) || !MAY_PASS.has(error.kind)) break;
        if (error.kind === 'timeout') continue;
      }
      if (attempt < request.retries) await this.#pause(FIRST_PAUSE_MS * 2 ** Math.min(attempt, 5));
    }
    statistics.called(false, monotonic() - begun);
    return {
      ok: false,
      error: last ?? new CallError(`The call of "${subject}" was given up`, { subject }),
    };
  }

  #send({ subject, data }: CallRequest, headers: Headers, timeout: number): Promise<Message> {
    return awaitReply(this.#init.transport, subject, data, { headers, timeout });
  }

  /**
   * A try that failed goes on when it found nobody: the service is looked for again until the try's time, or the time for
   * absent services, is over. Rejects with the last failure.
   * @param start of the try
   */
  async #lookAgain(
    request: CallRequest,
    headers: Headers,
    caller: Caller,
    start: number,
    first: unknown,
  ): Promise<Message> {
    const { now, absentServiceMs } = this.#init;
    let failure = first;
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      if (!(failure instanceof TransportError) || failure.kind !== 'noResponders') throw failure;
      const left = Math.min(request.timeout, absentServiceMs) - (now() - start);
      if (left <= 0 || !caller.isWanted) throw failure;
      await this.#pause(Math.min(pause, left));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      try {
        return await this.#send(request, headers, Math.max(1, request.timeout - (now() - start)));
      } catch (error) {
        failure = error;
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#init.timers.add(this.#init.now() + ms, resolve));
  }
}

function headersOf(messageId: string, repeat: boolean): Headers {
  return repeat ? { [MESSAGE_ID]: messageId, [POSSIBLE_REPEAT]: 'true' } : { [MESSAGE_ID]: messageId };
}

function asCallError(subject: string, error: unknown): CallError {
  const message = error instanceof Error ? error.message : String(error);
  const fix = error instanceof TransportError ? error.fix : undefined;
  return new CallError(`The call of "${subject}" had no reply: ${message}`, {
    subject,
    cause: error,
    ...(fix === undefined ? {} : { fix }),
  });
}
