/**
 * Owns: where each payment of the load generator stands. Invariants:
 *
 * 1. A payment is open from its request until its first final reply; it is `unanswered` until its first reply of any kind.
 * 2. A receipt is owed from its acknowledgement until a final reply that carries it. One payment can owe several: when a request
 *    was repeated while the process that had it was down, another one may have acknowledged it as well.
 * 3. It changes only through entries of the book, so that reading the book again gives the same ledger.
 */
import type { PaymentEntry } from '../books/payment-book.ts';

export interface PaymentCounts {
  requested: number;
  repeated: number;
  acknowledged: number;
  completed: number;
}

interface Unanswered {
  /** When it was due, ms since the epoch. */
  readonly due: number;
  /** When its request went out last. */
  readonly sent: number;
}

export interface Owed {
  readonly payment: string;
  /** When it was acknowledged. */
  readonly since: number;
}

export class PaymentLedger {
  readonly counts: PaymentCounts = { requested: 0, repeated: 0, acknowledged: 0, completed: 0 };
  /** In the order in which the requests went out last. */
  readonly #unanswered = new Map<string, Unanswered>();
  /** Acknowledged and open; the value is when it was due. */
  readonly #acknowledged = new Map<string, number>();
  /** By receipt, in the order of the acknowledgements. */
  readonly #owed = new Map<string, Owed>();
  /** Receipts of final replies: an acknowledgement that comes after its final reply owes nothing. */
  readonly #kept = new Set<string>();

  /** Payments without a final reply. */
  get open(): number {
    return this.#unanswered.size + this.#acknowledged.size;
  }

  /** Acknowledgements without their final reply. */
  get owed(): number {
    return this.#owed.size;
  }

  isSettled(): boolean {
    return this.open === 0 && this.#owed.size === 0;
  }

  /** Takes an entry in. For the first final reply of a payment: when it was due. */
  apply(entry: PaymentEntry): number | undefined {
    const { payment, at } = entry;
    switch (entry.kind) {
      case 'requested':
        this.counts.requested++;
        this.#unanswered.set(payment, { due: at, sent: at });
        return undefined;
      case 'repeated': {
        this.counts.repeated++;
        const request = this.#unanswered.get(payment);
        if (request === undefined) return undefined;
        this.#unanswered.delete(payment);
        this.#unanswered.set(payment, { due: request.due, sent: at });
        return undefined;
      }
      case 'acknowledged': {
        const request = this.#unanswered.get(payment);
        if (request !== undefined) {
          this.counts.acknowledged++;
          this.#unanswered.delete(payment);
          this.#acknowledged.set(payment, request.due);
        }
        if (!this.#kept.has(entry.receipt) && !this.#owed.has(entry.receipt)) {
          this.#owed.set(entry.receipt, { payment, since: at });
        }
        return undefined;
      }
      case 'approved':
      case 'declined': {
        this.#kept.add(entry.receipt);
        this.#owed.delete(entry.receipt);
        const due = this.#acknowledged.get(payment) ?? this.#unanswered.get(payment)?.due;
        if (due === undefined) return undefined;
        this.#acknowledged.delete(payment);
        this.#unanswered.delete(payment);
        this.counts.completed++;
        return due;
      }
    }
  }

  /** Payments without any answer whose request went out last at `time` or before. */
  unansweredSince(time: number): string[] {
    const payments: string[] = [];
    for (const [payment, { sent }] of this.#unanswered) {
      if (sent > time) break;
      payments.push(payment);
    }
    return payments;
  }

  /** What is owed from acknowledgements of `time` (ms since the epoch) or before, by receipt. */
  owedSince(time: number): ReadonlyMap<string, Owed> {
    const found = new Map<string, Owed>();
    for (const [receipt, owed] of this.#owed) {
      if (owed.since > time) break;
      found.set(receipt, owed);
    }
    return found;
  }

  owes(receipt: string): boolean {
    return this.#owed.has(receipt);
  }
}
