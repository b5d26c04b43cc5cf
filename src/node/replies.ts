/** Replies to requesters. A reply that cannot be sent is reported and otherwise like one that was lost on the way. */
import { ERROR, INTERIM, POSSIBLE_REPEAT } from '../transport/headers.ts';
import type { Transport } from '../transport/transport.ts';
import type { WaymarkError } from '../waymark-error.ts';
import type { Ending, LiveInstance } from './live-instance.ts';

const INTERIM_HEADERS = { [INTERIM]: 'true' };
const NO_HEADERS = {};
const REPEAT_HEADERS = { [POSSIBLE_REPEAT]: 'true' };
const encoder = new TextEncoder();

/** The body of an error reply, and of the kept outcome of a failed instance. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
}

export class Replies {
  readonly #transport: Transport;
  readonly #reportError: (error: unknown) => void;

  constructor(transport: Transport, reportError: (error: unknown) => void) {
    this.#transport = transport;
    this.#reportError = reportError;
  }

  /** Resolves when it has been handed to the transport for everybody. */
  interim(live: LiveInstance, data: Uint8Array): Promise<unknown> {
    live.addInterim(data);
    const send = (replyTo: string): Promise<void> =>
      this.#transport.publish(replyTo, data, { headers: INTERIM_HEADERS });
    const { requesters } = live;
    return requesters.length === 1 ? send(requesters[0]!) : Promise.all(requesters.map(send));
  }

  /** Sends a requester who came later what the others have had. */
  interimsAgain(live: LiveInstance, replyTo: string): void {
    for (const data of live.interims) this.#send(replyTo, data, INTERIM_HEADERS);
  }

  final(replyTo: string, ending: Pick<Ending, 'body' | 'errorCode'>): void {
    this.#send(
      replyTo,
      ending.body,
      ending.errorCode === undefined ? NO_HEADERS : { [ERROR]: ending.errorCode },
    );
  }

  /** The same for a reply that an earlier life may have sent. */
  finalAgain(replyTo: string, ending: Pick<Ending, 'body' | 'errorCode'>): void {
    const { errorCode } = ending;
    const headers = errorCode === undefined ? REPEAT_HEADERS : { ...REPEAT_HEADERS, [ERROR]: errorCode };
    this.#send(replyTo, ending.body, headers);
  }

  refusal(replyTo: string | undefined, error: WaymarkError): void {
    if (replyTo === undefined) return;
    this.final(replyTo, { body: encodeError(error.code, error.message), errorCode: error.code });
  }

  #send(replyTo: string, data: Uint8Array, headers: Record<string, string>): void {
    this.#transport.publish(replyTo, data, { headers }).catch(this.#reportError);
  }
}

export function encodeError(code: string, message: string): Uint8Array {
  return encoder.encode(JSON.stringify({ code, message } satisfies ErrorBody));
}

/** The inverse; never throws. */
export function decodeError(bytes: Uint8Array | undefined, fallbackCode: string): ErrorBody {
  try {
    const { code, message } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ErrorBody>;
    return { code: String(code ?? fallbackCode), message: String(message ?? '') };
  } catch {
    return { code: fallbackCode, message: '' };
  }
}
