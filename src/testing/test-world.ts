/**
 * The world around a script under test: answers its calls, keeps all that it sends.
 *
 * Owns: the record of messages, and the answers that are being worked out. It outlives the lives of the script, as the
 * world outlives a crash. Invariant M1: a message that is sent again, after a crash or because nobody answered, has the id that it
 * had before, and says `repeat`.
 */
import { decodePayload, encodePayload } from '../payload.ts';
import type { OperationRequest } from '../runtime/host.ts';
import type { OperationResult } from '../runtime/operation-table.ts';
import { CallError } from '../script-errors.ts';
import { WaymarkError } from '../waymark-error.ts';
import { type Answer, type Answers, noAnswer, type SentMessage } from './sent-message.ts';
import { subjectPattern, wildcards } from './subject-pattern.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Code of an error reply that is no error of Waymark's, as a node gives it. */
const SCRIPT_FAILED = 'WM7001';

export interface TestWorldInit {
  readonly clock: VirtualClock;
  /** Called with a line for each message. */
  readonly told: (text: string) => void;
  /** Called when an answer has been worked out. */
  readonly moved: () => void;
}

export class TestWorld {
  readonly messages: SentMessage[] = [];
  /** Answers that are being worked out: the clock stands still. */
  busy = 0;
  readonly #answers: readonly (readonly [RegExp, Answer])[];
  readonly #clock: VirtualClock;
  readonly #init: TestWorldInit;

  constructor(answers: Answers, init: TestWorldInit) {
    // A subject goes before patterns that match it too.
    const given = Object.entries(answers).toSorted(([a], [b]) => wildcards(a) - wildcards(b));
    this.#answers = given.map(([pattern, answer]) => [subjectPattern(pattern), answer]);
    this.#clock = init.clock;
    this.#init = init;
  }

  /** Sends what the operation says; `settle` is called later, unless the life that asked for it is over by then. */
  send(
    request: Exclude<OperationRequest, { kind: 'sleep' }>,
    origin: { readonly id: string; readonly repeat: boolean; readonly life: number },
    settle: (result: OperationResult) => void,
  ): void {
    const message: SentMessage = {
      kind: request.kind,
      subject: request.kind === 'reply' ? '(reply)' : request.subject,
      data: decodePayload(request.data),
      ...origin,
      time: this.#clock.now,
    };
    this.#record(message);
    if (request.kind !== 'call') {
      this.#during(Promise.resolve(), () => settle({ ok: true, value: undefined }));
      return;
    }
    this.#during(this.#ask(message), (result) => {
      if (result !== undefined) {
        settle(result);
        return;
      }
      this.#clock.add(this.#clock.now + request.timeout, () => {
        if (request.retries > 0)
          this.send({ ...request, retries: request.retries - 1 }, { ...origin, repeat: true }, settle);
        else settle({ ok: false, error: noReply(request.subject, `no answer within ${request.timeout} ms`) });
      });
    });
  }

  #record(message: SentMessage): void {
    this.messages.push(message);
    const repeat = message.repeat ? ', possible repeat' : '';
    const subject = message.kind === 'reply' ? 'reply' : `${message.kind} ${message.subject}`;
    this.#init.told(`${subject} ${JSON.stringify(message.data) ?? ''} (id ${shortId(message.id)}${repeat})`);
  }

  /** Undefined: nobody answers. Never rejects. */
  async #ask(message: SentMessage): Promise<OperationResult | undefined> {
    const { subject } = message;
    const found = this.#answers.find(([pattern]) => pattern.test(subject));
    if (found === undefined) {
      const error = noReply(subject, 'the test has no answer for it', `calls: { '${subject}': ... }`);
      return { ok: false, error };
    }
    try {
      const [, answer] = found;
      const value: unknown = typeof answer === 'function' ? await answer(message.data, message) : answer;
      if (value === noAnswer) return undefined;
      return { ok: true, value: decodePayload(encodePayload(value)) };
    } catch (error) {
      return { ok: false, error: errorReply(subject, error) };
    }
  }

  #during<T>(work: Promise<T>, then: (value: T) => void): void {
    this.busy++;
    void work.then((value) => {
      this.busy--;
      then(value);
      this.#init.moved();
    });
  }
}

/** `01JK…4:3`: enough to compare by eye. */
const shortId = (id: string): string => id.replace(/^(.{4}).*(.:\d+)$/, '$1…$2');

function noReply(subject: string, why: string, option?: string): CallError {
  return new CallError(`The call of "${subject}" had no reply: ${why}`, {
    subject,
    ...(option === undefined ? {} : { fix: `Add it to the options of the test: ${option}` }),
  });
}

/** As the script would get it from a node. */
function errorReply(subject: string, error: unknown): CallError {
  if (error instanceof CallError) return error;
  const code = error instanceof WaymarkError ? error.code : SCRIPT_FAILED;
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : `thrown value ${JSON.stringify(error)}`;
  return new CallError(`"${subject}" answered with an error: ${message} (${code})`, {
    subject,
    remote: { code, message },
    cause: error,
  });
}
