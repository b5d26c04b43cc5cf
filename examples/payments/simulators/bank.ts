/**
 * Owns: the orders that one bank is working on. Invariants:
 *
 * 1. A message id is executed once, however often the message comes: a repeat is dropped, and answered with what the
 *    first one brought.
 * 2. Nobody gets an answer before the execution is in the book.
 */
import { MESSAGE_ID } from '../../../src/transport/headers.ts';
import type { Message, Subscription, Transport } from '../../../src/transport/transport.ts';
import type { BankBook, Execution } from '../books/bank-book.ts';
import type { Authorisation, AuthorisationRequest } from '../scripts/payment.ts';
import { answer, decodeJson } from './json-messages.ts';
import { after, type Latency } from './latency.ts';

/** Answer to a request for a bank's statement. */
export interface Statement {
  /** Executions so far. */
  readonly total: number;
  readonly executions: readonly Execution[];
}

/** Executions in one answer: well below what NATS takes. */
const STATEMENT_LENGTH = 1000;

/** Above this many cents a bank declines. */
export const LIMIT_CENTS = 950_000;

export class Bank {
  readonly name: string;
  readonly #transport: Transport;
  readonly #book: BankBook;
  readonly #latency: Latency;
  readonly #reportError: (error: unknown) => void;
  /** Orders by message id that are not in the book yet, with everybody who waits for the answer. */
  readonly #working = new Map<string, Message[]>();

  constructor(
    name: string,
    transport: Transport,
    book: BankBook,
    latency: Latency,
    reportError: (error: unknown) => void,
  ) {
    this.name = name;
    this.#transport = transport;
    this.#book = book;
    this.#latency = latency;
    this.#reportError = reportError;
  }

  /** Serves the subject `bank.<name>`; and `bank.<name>.statement`, where anybody can ask what the bank has executed. */
  async serve(): Promise<Subscription> {
    const subject = `bank.${this.name}`;
    const transport = this.#transport;
    await transport.subscribe(`${subject}.statement`, { queue: subject }, (message) => {
      const { from } = decodeJson<{ from: number }>(message.data);
      const total = this.#book.executions;
      answer(transport, message, {
        total,
        executions: this.#book.statement(from, STATEMENT_LENGTH),
      } satisfies Statement);
    });
    return this.#transport.subscribe(subject, { queue: subject }, (message) => this.#receive(message));
  }

  #receive(message: Message): void {
    const messageId = message.headers[MESSAGE_ID];
    if (messageId === undefined) throw new Error(`A message to bank ${this.name} has no ${MESSAGE_ID}`);
    const earlier = this.#book.execution(messageId);
    const waiting = this.#working.get(messageId);
    if (waiting !== undefined || earlier !== undefined) {
      this.#book.drop(messageId).catch(this.#reportError);
      if (waiting !== undefined) waiting.push(message);
      else answer(this.#transport, message, authorisationOf(earlier!));
      return;
    }
    this.#working.set(messageId, [message]);
    const order = decodeJson<AuthorisationRequest>(message.data);
    after(this.#latency(), () => {
      this.#execute(messageId, order).catch(this.#reportError);
    });
  }

  async #execute(messageId: string, order: AuthorisationRequest): Promise<void> {
    const execution: Execution = {
      messageId,
      payment: order.payment,
      status: order.amount > LIMIT_CENTS ? 'declined' : 'approved',
      authorisation: `${this.name}-${this.#book.executions + 1}`,
    };
    await this.#book.execute(execution);
    const waiting = this.#working.get(messageId)!;
    this.#working.delete(messageId);
    for (const message of waiting) answer(this.#transport, message, authorisationOf(execution));
  }
}

function authorisationOf({ status, authorisation }: Execution): Authorisation {
  return { status, authorisation };
}
