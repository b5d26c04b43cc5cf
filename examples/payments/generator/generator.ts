/**
 * Owns: the conversation of the load generator with the payment system. Invariants:
 *
 * 1. Write first: a request is in the book before it is sent, a reply before the ledger knows it.
 * 2. A request without any answer is sent again each `retryAfter` ms, with the same request id and marked as a possible repeat.
 * 3. Once acknowledged it waits: the final reply is the other side's duty. But the transport keeps nothing, so a reply can be gone:
 *    after `askAfter` ms, or soon after a restart of the generator, it asks again in the same way, and wants the reply that it
 *    was promised (the receipt), not just any.
 * 4. Replies come to one subject that outlives the process: a restarted generator gets what was meant for the one before.
 */
import { ERROR, INTERIM, POSSIBLE_REPEAT, REQUEST_ID } from '../../../src/transport/headers.ts';
import type { Message, Subscription, Transport } from '../../../src/transport/transport.ts';
import type { PaymentBook, PaymentEntry } from '../books/payment-book.ts';
import type { Acknowledgement, PaymentResult } from '../scripts/payment.ts';
import { decodeJson, encodeJson } from '../simulators/json-messages.ts';
import { PaymentLedger } from './payment-ledger.ts';
import { paymentId, paymentNumber, paymentRequest } from './payment-requests.ts';

export interface GeneratorOptions {
  readonly seed: number;
  /** ms without any answer. */
  readonly retryAfter: number;
  /** ms from an acknowledgement without its final reply; longer than any process may be down. */
  readonly askAfter: number;
  /** Subject of the payment script. */
  readonly subject: string;
  /** Subject for the replies. */
  readonly inbox: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly reportError: (error: unknown) => void;
  /** Once per payment, after its final reply is in the book; ms since it was due. */
  readonly onCompleted?: ((latency: number) => void) | undefined;
}

export class Generator {
  readonly ledger = new PaymentLedger();
  /** Replies that were errors. The payment stays as it is: unanswered ones are sent again, acknowledged ones stay owed. */
  errors = 0;
  readonly #transport: Transport;
  readonly #options: GeneratorOptions;
  #book: PaymentBook | undefined;
  #subscription: Subscription | undefined;
  #lastNumber = 0;
  /** When to ask (again) for a receipt, in ms since the epoch; for those that are not in here `askAfter` counts. */
  readonly #askAt = new Map<string, number>();

  constructor(transport: Transport, options: GeneratorOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /** Reads the book and listens for replies. `openBook` gets the function that takes the entries of earlier processes in. */
  async open(openBook: (replay: (entry: PaymentEntry) => void) => PaymentBook): Promise<void> {
    this.#book = openBook((entry) => {
      this.ledger.apply(entry);
      if (entry.kind === 'requested') this.#lastNumber = paymentNumber(entry.payment);
    });
    const askAt = this.#options.now() + this.#options.retryAfter;
    for (const receipt of this.ledger.owedSince(Infinity).keys()) this.#askAt.set(receipt, askAt);
    this.#subscription = await this.#transport.subscribe(this.#options.inbox, {}, (reply) =>
      this.#received(reply),
    );
  }

  /** Makes the next payment. `due` is the time from which its latency counts. */
  request(due: number = this.#options.now()): void {
    const payment = paymentId(++this.#lastNumber);
    this.#send({ kind: 'requested', payment, at: due });
  }

  /** Sends again what has had no answer for too long. To be called every now and then. */
  repeatUnanswered(): void {
    const { now, retryAfter, askAfter } = this.#options;
    const at = now();
    for (const payment of this.ledger.unansweredSince(at - retryAfter)) {
      this.#send({ kind: 'repeated', payment, at });
    }
    for (const receipt of this.#askAt.keys()) if (!this.ledger.owes(receipt)) this.#askAt.delete(receipt);
    const asked = new Set<string>();
    for (const [receipt, { payment, since }] of this.ledger.owedSince(at - retryAfter)) {
      if (at < (this.#askAt.get(receipt) ?? since + askAfter)) continue;
      this.#askAt.set(receipt, at + retryAfter);
      // One request brings all receipts of a payment that its receiver knows.
      if (!asked.has(payment)) this.#send({ kind: 'repeated', payment, at });
      asked.add(payment);
    }
  }

  async close(): Promise<void> {
    await this.#subscription?.unsubscribe();
    await this.#book?.close();
  }

  #send(entry: PaymentEntry): void {
    const { payment } = entry;
    const headers: Record<string, string> = { [REQUEST_ID]: payment };
    if (entry.kind === 'repeated') headers[POSSIBLE_REPEAT] = 'true';
    // In the ledger at once, so that nobody makes or repeats it a second time while the book is being written.
    this.ledger.apply(entry);
    this.#book!.enter(entry)
      .then(() => {
        const body = encodeJson(paymentRequest(this.#options.seed, paymentNumber(payment)));
        return this.#transport.publish(this.#options.subject, body, {
          headers,
          replyTo: this.#options.inbox,
        });
      })
      .catch(this.#options.reportError);
  }

  #received(reply: Message): void {
    const { now, reportError } = this.#options;
    if (reply.headers[ERROR] !== undefined) {
      this.errors++;
      reportError(new Error(`Reply ${reply.headers[ERROR]}: ${new TextDecoder().decode(reply.data)}`));
      return;
    }
    const at = now();
    if (reply.headers[INTERIM] === 'true') {
      const { payment, receipt } = decodeJson<Acknowledgement>(reply.data);
      this.#enter({ kind: 'acknowledged', payment, at, receipt });
    } else {
      const { payment, receipt, status } = decodeJson<PaymentResult>(reply.data);
      this.#enter({ kind: status, payment, at, receipt });
    }
  }

  #enter(entry: PaymentEntry): void {
    this.#book!.enter(entry)
      .then(() => {
        const due = this.ledger.apply(entry);
        if (due !== undefined) this.#options.onCompleted?.(entry.at - due);
      })
      .catch(this.#options.reportError);
  }
}
