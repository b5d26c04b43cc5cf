/**
 * What happened, counted from the books alone: the load generator's (what it asked, what it was promised, what it got) and
 * the banks' (what they executed). Nothing that a node says about itself counts.
 */
import { readBankBook } from './books/bank-book.ts';
import { bankBookPaths, paymentBookPath } from './books/book-paths.ts';
import { readPaymentBook } from './books/payment-book.ts';
import { isPaymentId } from './generator/payment-requests.ts';
import { newHistogram } from './report/payment-timeline.ts';

export interface Verdict {
  /** Payments asked for. */
  readonly requested: number;
  /** Requests sent again for want of an answer. */
  readonly repeated: number;
  /** Payments that were acknowledged. */
  readonly acknowledged: number;
  /** Payments with a final reply. */
  readonly completed: number;
  readonly approved: number;
  readonly declined: number;
  /** Payments that were acknowledged and for which no final reply carries the acknowledged receipt. Must be 0. */
  readonly lost: number;
  /** Payments with neither acknowledgement nor final reply: nothing was promised, the caller would go on asking. */
  readonly unanswered: number;
  /** Payments that banks executed exactly once. */
  readonly executedOnce: number;
  /** Payments that banks executed more than once (under different message ids). Must be 0. */
  readonly executedTwice: number;
  /** Payments with a final reply that no bank has executed. Must be 0. */
  readonly completedNotExecuted: number;
  /** Messages that banks dropped because they had executed them before. */
  readonly duplicatesDropped: number;
  /** Milliseconds from when a payment was due to its first final reply. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Up to ten payments of each kind that must not be. */
  readonly examples: {
    readonly lost: readonly string[];
    readonly executedTwice: readonly string[];
    readonly completedNotExecuted: readonly string[];
  };
  /** Nothing that was acknowledged is lost, nothing is executed twice, nothing is reported that was not done. */
  readonly passed: boolean;
}

const MOST_EXAMPLES = 10;

interface PaymentRecord {
  readonly due: number;
  /** Receipts that were promised and have not come with a final reply. */
  promised: Set<string> | undefined;
  /** Receipts of final replies. */
  kept: Set<string> | undefined;
  acknowledged: boolean;
  status: 'approved' | 'declined' | undefined;
  executions: number;
}

/** Reads the books in a folder, which nobody writes to any more. */
export function readVerdict(folder: string): Verdict {
  const payments = new Map<string, PaymentRecord>();
  const latencies = newHistogram();
  let repeated = 0;
  for (const entry of readPaymentBook(paymentBookPath(folder))) {
    if (entry.kind === 'requested') {
      payments.set(entry.payment, {
        due: entry.at,
        promised: undefined,
        kept: undefined,
        acknowledged: false,
        status: undefined,
        executions: 0,
      });
      continue;
    }
    const payment = recordOf(payments, entry.payment);
    if (entry.kind === 'repeated') {
      repeated++;
    } else if (entry.kind === 'acknowledged') {
      payment.acknowledged = true;
      if (payment.kept?.has(entry.receipt) !== true) (payment.promised ??= new Set()).add(entry.receipt);
    } else {
      (payment.kept ??= new Set()).add(entry.receipt);
      payment.promised?.delete(entry.receipt);
      if (payment.status !== undefined) continue;
      payment.status = entry.kind;
      latencies.recordValue(Math.max(1, entry.at - payment.due));
    }
  }
  let duplicatesDropped = 0;
  for (const path of bankBookPaths(folder)) {
    for (const entry of readBankBook(path)) {
      if (entry.kind === 'dropped') duplicatesDropped++;
      // Banks serve others too: who else makes payments keeps books of their own.
      else if (isPaymentId(entry.payment)) recordOf(payments, entry.payment).executions++;
    }
  }
  return judge(payments, {
    repeated,
    duplicatesDropped,
    latency: {
      p50: latencies.getValueAtPercentile(50),
      p99: latencies.getValueAtPercentile(99),
      max: latencies.maxValue,
    },
  });
}

function recordOf(payments: ReadonlyMap<string, PaymentRecord>, payment: string): PaymentRecord {
  const record = payments.get(payment);
  if (record === undefined) throw new Error(`The books speak of a payment that nobody asked for: ${payment}`);
  return record;
}

function judge(
  payments: ReadonlyMap<string, PaymentRecord>,
  counted: Pick<Verdict, 'repeated' | 'duplicatesDropped' | 'latency'>,
): Verdict {
  const examples = {
    lost: [] as string[],
    executedTwice: [] as string[],
    completedNotExecuted: [] as string[],
  };
  const counts = { acknowledged: 0, approved: 0, declined: 0, lost: 0, unanswered: 0 };
  const executed = { executedOnce: 0, executedTwice: 0, completedNotExecuted: 0 };
  for (const [id, payment] of payments) {
    if (payment.acknowledged) counts.acknowledged++;
    if (payment.status !== undefined) counts[payment.status]++;
    else if (!payment.acknowledged) counts.unanswered++;
    if ((payment.promised?.size ?? 0) > 0) {
      counts.lost++;
      if (examples.lost.length < MOST_EXAMPLES) examples.lost.push(id);
    }
    if (payment.executions === 1) executed.executedOnce++;
    else if (payment.executions > 1) {
      executed.executedTwice++;
      if (examples.executedTwice.length < MOST_EXAMPLES) examples.executedTwice.push(id);
    } else if (payment.status !== undefined) {
      executed.completedNotExecuted++;
      if (examples.completedNotExecuted.length < MOST_EXAMPLES) examples.completedNotExecuted.push(id);
    }
  }
  return {
    requested: payments.size,
    completed: counts.approved + counts.declined,
    ...counts,
    ...executed,
    ...counted,
    examples,
    passed:
      counts.lost === 0 &&
      executed.executedTwice === 0 &&
      executed.completedNotExecuted === 0 &&
      payments.size > 0,
  };
}
