/**
 * Owns: what the load generator has asked for and what it was told. Invariants:
 *
 * 1. A request is in the file before it is sent, an answer before anything follows from it.
 * 2. What a generator that starts again finds in the file is all that it knows.
 *
 * An acknowledgement and a final reply carry the receipt that the payment script drew at random. Only a final reply with the
 * acknowledged receipt keeps the promise: a payment that was forgotten and done anew would have another one.
 */
import { AppendOnlyBook, type BookOptions } from './append-only-book.ts';
import { lines } from './lines.ts';

interface Sent {
  readonly payment: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Answered extends Sent {
  readonly receipt: string;
}

export type PaymentEntry =
  | ({ readonly kind: 'requested' } & Sent)
  | ({ readonly kind: 'repeated' } & Sent)
  | ({ readonly kind: 'acknowledged' } & Answered)
  | ({ readonly kind: 'approved' } & Answered)
  | ({ readonly kind: 'declined' } & Answered);

export class PaymentBook {
  readonly #book: AppendOnlyBook;

  /** `replay` is called with each entry that is already in the file, in order. */
  constructor(path: string, options: BookOptions, replay: (entry: PaymentEntry) => void) {
    this.#book = new AppendOnlyBook(path, options, (line) => replay(parsePaymentEntry(line)));
  }

  enter(entry: PaymentEntry): Promise<void> {
    const receipt = 'receipt' in entry ? `\t${entry.receipt}` : '';
    return this.#book.append(`${entry.kind}\t${entry.payment}\t${entry.at}${receipt}`);
  }

  close(): Promise<void> {
    return this.#book.close();
  }
}

/** All entries of a generator's book, in order. */
export function* readPaymentBook(path: string): Generator<PaymentEntry> {
  for (const line of lines(path)) yield parsePaymentEntry(line);
}

function parsePaymentEntry(line: string): PaymentEntry {
  const [kind, payment, time, receipt] = line.split('\t');
  const at = Number(time);
  if (payment !== undefined && Number.isFinite(at)) {
    switch (kind) {
      case 'requested':
      case 'repeated':
        return { kind, payment, at };
      case 'acknowledged':
      case 'approved':
      case 'declined':
        if (receipt !== undefined) return { kind, payment, at, receipt };
    }
  }
  throw new Error(`Not an entry of a generator's book: ${line}`);
}
