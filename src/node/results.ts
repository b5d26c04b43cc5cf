/**
 * Owns: the end of instances. Invariants:
 *
 * 1. The final reply is sent only after the outcome is durable; until then the instance is in flight.
 * 2. An instance that is neither in the store nor has a request id needs no write: nothing of it is left to forget.
 * 3. An instance that fails before its first checkpoint leaves nothing behind even with a request id: nothing was promised,
 *    and its repeated request is a new attempt (with the same message ids, so that receivers drop what they have done).
 * 4. A result that the store refuses (disk full) is offered again until it takes it.
 */
import type { Outcome } from '../runtime/host.ts';
import type { CheckpointStore, OutcomeWrite, StoredInstance } from '../store/checkpoint-store.ts';
import type { CheckpointWriter } from './checkpoint-writer.ts';
import type { Ending, LiveInstance } from './live-instance.ts';
import { codeOf, describeError, NodeErrorCode } from './node-error.ts';
import { decodeOutcome, encodeOutcome, type KeptOutcome } from './kept-outcome.ts';
import { encodePayload } from '../payload.ts';
import { decodeError, encodeError, type Replies } from './replies.ts';
import type { StatisticsBook } from './statistics.ts';

export interface ResultsInit {
  readonly store: CheckpointStore;
  readonly writer: CheckpointWriter;
  readonly replies: Replies;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly reportError: (error: unknown) => void;
  /** The outcome is durable and replied: the node forgets the instance. */
  readonly ended: (live: LiveInstance, ending: Ending) => void;
}

const STORE_RETRY_MS = 1000;

export class Results {
  readonly #init: ResultsInit;

  constructor(init: ResultsInit) {
    this.#init = init;
  }

  /** Makes the outcome durable, replies, and lets the node forget the instance. */
  end(live: LiveInstance, outcome: Outcome): void {
    live.isEnding = true;
    const ending = endingOf(outcome);
    if (!isKept(live, ending)) {
      this.#ended(live, ending);
      return;
    }
    this.#write(live, ending).then(
      () => this.#ended(live, ending),
      (error: unknown) => {
        this.#keep(live, ending, error).catch(this.#init.reportError);
      },
    );
  }

  #ended(live: LiveInstance, ending: Ending): void {
    if (live.isStopped) return;
    const { statistics, replies, now, reportError } = this.#init;
    try {
      statistics.instanceEnded(live, ending.status, now());
      if (live.requesters.length > 0) statistics.replied(live, now());
      for (const replyTo of live.requesters) replies.final(replyTo, ending);
      this.#init.ended(live, ending);
    } catch (error) {
      reportError(error);
    }
  }

  #write(live: LiveInstance, ending: Ending): Promise<void> {
    const { store, now } = this.#init;
    const write = outcomeWrite(live, ending, now());
    return ending.status === 'completed' ? store.complete(write) : store.fail(write);
  }

  /** The store has refused the outcome, as `first` says: it is offered again and again. */
  async #keep(live: LiveInstance, ending: Ending, first: unknown): Promise<void> {
    const { writer, reportError } = this.#init;
    const write = (): Promise<void> => this.#write(live, ending);
    let attempt = (): Promise<void> => writer.again(write, first);
    for (let reported = false; !live.isStopped; reported = true) {
      try {
        await attempt();
        break;
      } catch (error) {
        if (!reported) reportError(error);
        await writer.pause(STORE_RETRY_MS);
        attempt = () => writer.durably(write);
      }
    }
    this.#ended(live, ending);
  }
}

function isKept(live: LiveInstance, ending: Ending): boolean {
  return live.lastSaved > 0 || (live.requestId !== undefined && ending.status === 'completed');
}

function outcomeWrite(live: LiveInstance, ending: Ending, at: number): OutcomeWrite {
  return {
    id: live.id,
    script: live.script,
    requestId: live.requestId,
    codeHash: live.code.hash,
    sequence: live.lastSaved,
    createdAt: live.createdAt,
    at,
    outcome: encodeOutcome(ending.body, live.requesters),
  };
}

/** What is sent and kept: the value as payload, or the error as `{ code, message }`. */
export function endingOf(outcome: Outcome): Ending {
  if (outcome.status === 'completed') {
    try {
      return {
        status: 'completed',
        body: encodePayload(outcome.value),
        errorCode: undefined,
        value: outcome.value,
      };
    } catch (error) {
      const code = NodeErrorCode.resultNotEncodable;
      const body = encodeError(code, `The script returned what JSON cannot hold: ${describeError(error)}`);
      return { status: 'failed', body, errorCode: code, value: error };
    }
  }
  const code = codeOf(outcome.error, NodeErrorCode.scriptFailed);
  return {
    status: 'failed',
    body: encodeError(code, describeError(outcome.error)),
    errorCode: code,
    value: outcome.error,
  };
}

/** The reply that a finished instance gave, made again from the store, and who was to get it. */
export function keptReply(instance: StoredInstance): KeptOutcome & Pick<Ending, 'errorCode'> {
  const { body, requesters } = decodeOutcome(instance.outcome);
  const isError = instance.status !== 'completed';
  const errorCode = isError ? decodeError(body, NodeErrorCode.scriptFailed).code : undefined;
  return { body, requesters, errorCode };
}
