/** The process of the load generator. It makes no payment until its parent says so. */
import { mkdirSync } from 'node:fs';
import { paymentBookPath } from '../books/book-paths.ts';
import { PaymentBook } from '../books/payment-book.ts';
import { joinNetwork, type Network } from '../processes/network.ts';
import { report, roleOptions, tellParent } from '../processes/role-process.ts';
import { newHistogram } from '../report/payment-timeline.ts';
import { Generator } from './generator.ts';
import { startLoad, type Load, type LoadPattern } from './load-pattern.ts';
import type { PaymentCounts } from './payment-ledger.ts';

export interface GeneratorProcessOptions {
  readonly network: Network;
  /** Folder of the books. */
  readonly books: string;
  readonly sync: boolean;
  readonly seed: number;
  readonly pattern: LoadPattern;
  /** In ms, see GeneratorOptions. */
  readonly retryAfter: number;
}

/** What the parent says. */
export type GeneratorCommand = 'start-load' | 'stop-load';

/** What the process tells its parent each `REPORT_EVERY_MS`, first once as soon as it listens. */
export interface GeneratorReport extends PaymentCounts {
  /** Payments without a final reply. */
  readonly open: number;
  /** Acknowledgements without their final reply. */
  readonly owed: number;
  /** Those of them that are older than 2 s. */
  readonly overdue: number;
  readonly errors: number;
  /** False when no more payments are made. */
  readonly loading: boolean;
  /** ms over the payments completed since the last report; undefined when there were none. */
  readonly latency: { readonly p50: number; readonly p99: number } | undefined;
}

export const REPORT_EVERY_MS = 250;
const OVERDUE_MS = 2000;
const REPEAT_SCAN_MS = 100;
/** Longer than a node is down, as a rule. */
const ASK_AFTER_MS = 5000;

const options = roleOptions<GeneratorProcessOptions>();
mkdirSync(options.books, { recursive: true });
const latencies = newHistogram();
const transport = await joinNetwork(options.network, 'generator', report);
let load: Load | undefined;
let loading = false;

const generator = new Generator(transport, {
  seed: options.seed,
  retryAfter: options.retryAfter,
  askAfter: ASK_AFTER_MS,
  subject: 'payment',
  inbox: 'payment-replies',
  now: Date.now,
  reportError: report,
  onCompleted(latency) {
    latencies.recordValue(Math.max(1, latency));
    load?.onCompleted();
  },
});
await generator.open(
  (replay) => new PaymentBook(paymentBookPath(options.books), { sync: options.sync }, replay),
);

const tell = (): void => {
  const { ledger, errors } = generator;
  const latency =
    latencies.totalCount === 0
      ? undefined
      : { p50: latencies.getValueAtPercentile(50), p99: latencies.getValueAtPercentile(99) };
  latencies.reset();
  tellParent({
    ...ledger.counts,
    open: ledger.open,
    owed: ledger.owed,
    overdue: ledger.owedSince(Date.now() - OVERDUE_MS).size,
    errors,
    loading,
    latency,
  } satisfies GeneratorReport);
};
tell();
setInterval(tell, REPORT_EVERY_MS);
setInterval(() => generator.repeatUnanswered(), REPEAT_SCAN_MS);

process.on('message', ({ command }: { command: GeneratorCommand }) => {
  loading = command === 'start-load';
  if (loading) load ??= startLoad(generator, options.pattern, Date.now);
  else load?.stop();
});
process.once('SIGTERM', () => {
  load?.stop();
  transport
    .close()
    .then(() => generator.close())
    .then(() => process.exit(0), report);
});
