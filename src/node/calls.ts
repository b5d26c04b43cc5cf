/**
 * Owns: the calls of instances that wait for a reply. Every try of a call carries the same message id, so that the receiver can drop
 * what it has done already; from the second try on, and after a restore, it says that it may be a repetition.
 */

import type { OperationRequest } from '../runtime/host.ts';
import { ERROR, MESSAGE_ID, POSSIBLE_REPEAT } from '../transport/headers.ts';
import { TransportError, type TransportErrorKind } from '../transport/transport-error.ts';
import type { Headers, Message, Transport } from '../transport/transport.ts';
import { CallError } from '../script-errors.ts';
import type { Operation } from './live-instance.ts';
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

/** A call whose first try is under way or over. */
interface BegunCall {
  readonly request: CallRequest;
  readonly messageId: string;
  readonly repeat: boolean;
  readonly operation: Pick<Operation, 'isWanted'>;
  /** On the monotonic clock. */
  readonly begun: number;
  /** Of the first try, ms since the epoch. */
  readonly start: number;
  readonly first: Promise<Message>;
}

/** Pauses between looks for a service that is not there. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;
/** Answers of a node that has not begun: another try may reach another node, or a better moment. */
const NOT_BEGUN: ReadonlySet<string> = new Set([NodeErrorCode.tooManyInFlight, NodeErrorCode.stopping]);
/** Failures after which another try makes sense. A message that is too large or a subject that is none will not become better. */
const MAY_PASS: ReadonlySet<TransportErrorKind> = new Set(['timeout', 'peerNotReading', 'noResponders']);

export class Calls {
  readonly #init: CallsInit;

  constructor(init: CallsInit) {
    this.#init = init;
  }

  /**
   * @param operation not wanted any more as soon as nobody waits for the result
   * @param done gets the reply, or the error of the last try; once, and never while `run` is called
   */
  run(
    request: CallRequest,
    messageId: string,
    repeat: boolean,
    operation: Pick<Operation, 'isWanted'>,
    done: (result: CallResult) => void,
  ): void {
    const { statistics, now, monotonic, reportError } = this.#init;
    statistics.calls++;
    const begun = monotonic();
    const start = now();
    const first = this.#send(request, messageId, repeat);
    const finish = (): void => {
      this.#finish({ request, messageId, repeat, operation, begun, start, first }).then(done, reportError);
    };
    // Nearly all calls are over with this.
    first.then((reply) => {
      if (reply.headers[ERROR] === undefined) done(this.#succeeded(reply, begun));
      else finish();
    }, finish);
  }

  /** The first try did not bring a result: looks for the service again, tries again. */
  async #finish(call: BegunCall): Promise<CallResult> {
    const { statistics, now, monotonic } = this.#init;
    const { request, messageId, operation, begun } = call;
    const { subject } = request;
    let { first, start, repeat } = call;
    let last: CallError | undefined;
    for (let attempt = 0; attempt <= request.retries && (attempt === 0 || operation.isWanted); attempt++) {
      if (attempt > 0) {
        statistics.callRetries++;
        repeat = true;
        start = now();
        first = this.#send(request, messageId, repeat);
      }
      try {
        let reply: Message;
        try {
          reply = await first;
        } catch (error) {
          reply = await this.#lookAgain(request, headersOf(messageId, repeat), operation, start, error);
        }
        const code = reply.headers[ERROR];
        if (code === undefined) return this.#succeeded(reply, begun);
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

  #send({ subject, data, timeout }: CallRequest, messageId: string, repeat: boolean): Promise<Message> {
    return this.#init.transport.request(subject, data, { headers: headersOf(messageId, repeat), timeout });
  }

  #succeeded(reply: Message, begun: number): CallResult {
    const value = decodePayload(reply.data);
    this.#init.statistics.called(true, this.#init.monotonic() - begun);
    return { ok: true, value };
  }

  /**
   * A try that failed goes on when it found nobody: the service is looked for again until the try's time, or the time for
   * absent services, is over. Rejects with the last failure.
   * @param start of the try
   */
  async #lookAgain(
    request: CallRequest,
    headers: Headers,
    operation: Pick<Operation, 'isWanted'>,
    start: number,
    first: unknown,
  ): Promise<Message> {
    const { transport, now, absentServiceMs } = this.#init;
    const { subject, data } = request;
    let failure = first;
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      if (!(failure instanceof TransportError) || failure.kind !== 'noResponders') throw failure;
      const left = Math.min(request.timeout, absentServiceMs) - (now() - start);
      if (left <= 0 || !operation.isWanted) throw failure;
      await this.#pause(Math.min(pause, left));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      try {
        const timeout = Math.max(1, request.timeout - (now() - start));
        return await transport.request(subject, data, { headers, timeout });
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
