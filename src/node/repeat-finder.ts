/**
 * Asks the other nodes whether one of them has the instance of a repeated request. The requests of a script are shared
 * among nodes, so a repetition may reach another node than the first one did; the node that has the instance takes the
 * requester over and says so. Only requests that are marked as possible repetitions are asked about: the others pay nothing.
 */
import { REQUEST_ID } from '../transport/headers.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Subscription, Transport } from '../transport/transport.ts';

/** Every node listens here. */
const FIND_SUBJECT = 'waymark.find-request';
const SCRIPT = 'waymark-script';
const REPLY_TO = 'waymark-reply-to';
/** The asking node, which does not answer itself. */
const ASKED_BY = 'waymark-asked-by';
const NOTHING = new Uint8Array(0);

export interface RepeatFinderInit {
  readonly transport: Transport;
  /** Different for every node. */
  readonly nodeId: string;
  /** How long the others have to answer, ms. */
  readonly waitMs: number;
  /** True when this node has the instance; it then replies to the requester. */
  readonly takeOver: (script: string, requestId: string, replyTo: string | undefined) => Promise<boolean>;
  readonly reportError: (error: unknown) => void;
}

export class RepeatFinder {
  readonly #init: RepeatFinderInit;
  #subscription: Subscription | undefined;

  constructor(init: RepeatFinderInit) {
    this.#init = init;
  }

  async open(): Promise<void> {
    const { transport, nodeId, takeOver, reportError } = this.#init;
    this.#subscription = await transport.subscribe(FIND_SUBJECT, {}, ({ headers, replyTo }) => {
      const script = headers[SCRIPT];
      const requestId = headers[REQUEST_ID];
      if (script === undefined || requestId === undefined || replyTo === undefined) return;
      if (headers[ASKED_BY] === nodeId) return;
      takeOver(script, requestId, headers[REPLY_TO])
        .then((taken) => (taken ? transport.publish(replyTo, NOTHING) : undefined))
        .catch(reportError);
    });
  }

  /** True when another node has the instance and replies to the requester. */
  async askOthers(script: string, requestId: string, replyTo: string | undefined): Promise<boolean> {
    const { transport, nodeId, waitMs } = this.#init;
    const headers: Record<string, string> = { [SCRIPT]: script, [REQUEST_ID]: requestId, [ASKED_BY]: nodeId };
    if (replyTo !== undefined) headers[REPLY_TO] = replyTo;
    try {
      await transport.request(FIND_SUBJECT, NOTHING, { headers, timeout: waitMs });
      return true;
    } catch (error) {
      if (error instanceof TransportError && (error.kind === 'timeout' || error.kind === 'noResponders'))
        return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#subscription?.unsubscribe();
  }
}
