/**
 * A load generator for the payments example that knows nothing of Waymark's sources: only docs/reference/messages.md (subjects and headers),
 * docs/guides/payments.md (bodies), and the plain NATS client. It keeps books of its own and asks the banks what they have executed.
 *
 *     node examples/payments/plain-nats-generator.ts --nats nats://127.0.0.1:4222 --payments 1000 --book payments.jsonl
 *
 * Owns: the payments that it has made. Invariants:
 *
 * 1. What happens is in the book before anything follows from it: a request before it is sent, a reply before it counts.
 * 2. A payment is sent again, with the same request id and marked as a possible repeat, until its final reply is there.
 * 3. The verdict, one line of JSON on stdout, is counted from the book and the banks' statements alone. Exit code 0 if
 *    everything was answered, no promise was broken and nothing was executed twice; else 1.
 */
import { randomBytes } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, createInbox, headers, type Msg } from '@nats-io/transport-node';

const { values: flags } = parseArgs({
  options: {
    nats: { type: 'string', default: 'nats://127.0.0.1:4222' },
    payments: { type: 'string', default: '1000' },
    'in-flight': { type: 'string', default: '50' },
    banks: { type: 'string', default: 'alder,birch,cedar,maple' },
    /** Appended to; must not be there yet. */
    book: { type: 'string', default: `payments-${process.pid}.jsonl` },
    /** Without any reply: send again after so many ms. */
    'retry-after': { type: 'string', default: '1500' },
    /** Acknowledged but without a final reply: ask again after so many ms. */
    'ask-after': { type: 'string', default: '4000' },
    /** Give up when nothing has happened for so many ms. */
    patience: { type: 'string', default: '60000' },
  },
});
const wanted = Number(flags.payments);
const inFlight = Number(flags['in-flight']);
const retryAfter = Number(flags['retry-after']);
const askAfter = Number(flags['ask-after']);

/** Errors after which the same request is sent again: nothing was done (WM7002, WM7003, WM7013), or it goes on elsewhere (WM7015). */
const COMES_LATER: ReadonlySet<string> = new Set(['WM7002', 'WM7003', 'WM7013', 'WM7015']);
const NOBODY_SERVES = 503;
const PAUSE_MS = 300;
const SCAN_MS = 50;

type Entry =
  | { readonly kind: 'sent'; readonly payment: string; readonly repeat: boolean }
  | {
      readonly kind: 'acknowledged' | 'approved' | 'declined';
      readonly payment: string;
      readonly receipt: string;
    }
  | { readonly kind: 'refused'; readonly payment: string; readonly code: string };

interface Open {
  readonly body: string;
  /** When to send it again, ms of the monotonic clock. */
  again: number;
  isAcknowledged: boolean;
}

const book = openSync(flags.book, 'ax');
const write = (entry: Entry): void => {
  writeSync(book, `${JSON.stringify(entry)}\n`);
};

const nats = await connect({
  servers: flags.nats.split(','),
  maxReconnectAttempts: -1,
  reconnectTimeWait: 100,
});
/** Different in every run: banks know payments of others too. */
const run = `plain-${randomBytes(6).toString('hex')}`;
const inbox = createInbox();
const open = new Map<string, Open>();
let made = 0;
let settled = 0;
let repeated = 0;
let lastNews = performance.now();

nats.subscribe(`${inbox}.*`, {
  callback: (error, message) => {
    if (error) throw error;
    received(message);
  },
});

function send(payment: string, repeat: boolean): void {
  const { body } = open.get(payment)!;
  write({ kind: 'sent', payment, repeat });
  const head = headers();
  head.set('waymark-request-id', payment);
  if (repeat) head.set('waymark-possible-repeat', 'true');
  // The last token of the reply subject says whose reply it is, also when the body is an error.
  nats.publish('payment', body, { headers: head, reply: `${inbox}.${payment}` });
}

function received(message: Msg): void {
  const payment = message.subject.slice(inbox.length + 1);
  const state = open.get(payment);
  const now = performance.now();
  if (message.headers?.code === NOBODY_SERVES) {
    if (state !== undefined) state.again = Math.min(state.again, now + PAUSE_MS);
    return;
  }
  const code = message.headers?.get('waymark-error') ?? '';
  if (code !== '') {
    if (state === undefined) return;
    if (COMES_LATER.has(code)) state.again = Math.min(state.again, now + PAUSE_MS);
    else {
      write({ kind: 'refused', payment, code });
      settle(payment);
    }
    return;
  }
  // Also of payments that are settled: a second final reply with another receipt must not go unseen.
  const reply = message.json<{ payment: string; receipt: string; status?: 'approved' | 'declined' }>();
  if (reply.payment !== payment) throw new Error(`A reply for ${payment} is about ${reply.payment}`);
  const isInterim = message.headers?.get('waymark-interim') === 'true';
  write({ kind: isInterim ? 'acknowledged' : reply.status!, payment, receipt: reply.receipt });
  if (state === undefined) return;
  lastNews = now;
  if (!isInterim) settle(payment);
  else {
    state.isAcknowledged = true;
    state.again = now + askAfter;
  }
}

function settle(payment: string): void {
  open.delete(payment);
  settled++;
  fill();
}

function fill(): void {
  while (made < wanted && open.size < inFlight) {
    const payment = `${run}-${++made}`;
    const body = JSON.stringify({
      payment,
      card: `4${String(made).padStart(15, '0')}`,
      alias: `holder-${made}`,
      amount: 1 + ((made * 7919) % 1_000_000),
    });
    open.set(payment, { body, again: performance.now() + retryAfter, isAcknowledged: false });
    send(payment, false);
  }
}

function repeat(): void {
  const now = performance.now();
  for (const [payment, state] of open) {
    if (state.again > now) continue;
    state.again = now + (state.isAcknowledged ? askAfter : retryAfter);
    repeated++;
    send(payment, true);
  }
}

/** Executions by payment of this run, as the banks tell them. */
async function executions(): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  for (const bank of flags.banks.split(',')) {
    for (let from = 0, total = 1; from < total;) {
      const answer = await nats.request(`bank.${bank}.statement`, JSON.stringify({ from }), {
        timeout: 10_000,
      });
      const statement = answer.json<{
        total: number;
        executions: { messageId: string; payment: string }[];
      }>();
      total = statement.total;
      for (const { messageId, payment } of statement.executions) {
        if (!payment.startsWith(`${run}-`)) continue;
        const ids = found.get(payment) ?? new Set();
        found.set(payment, ids.add(`${bank} ${messageId}`));
      }
      from += Math.max(1, statement.executions.length);
    }
  }
  return found;
}

function verdict(
  executed: ReadonlyMap<string, ReadonlySet<string>>,
): Record<string, number> & { unanswered: number } {
  const requested = new Set<string>();
  const finals = new Set<string>();
  const acknowledged = new Set<string>();
  /** Receipts that were promised, and those that came with a final reply: `payment receipt`. */
  const promised = new Set<string>();
  const kept = new Set<string>();
  let refused = 0;
  for (const line of readFileSync(flags.book, 'utf8').trimEnd().split('\n')) {
    const entry = JSON.parse(line) as Entry;
    if (entry.kind === 'sent') requested.add(entry.payment);
    else if (entry.kind === 'refused') refused++;
    else if (entry.kind === 'acknowledged') {
      acknowledged.add(entry.payment);
      promised.add(`${entry.payment} ${entry.receipt}`);
    } else {
      finals.add(entry.payment);
      kept.add(`${entry.payment} ${entry.receipt}`);
    }
  }
  const lost = new Set(
    [...promised].filter((promise) => !kept.has(promise)).map((promise) => promise.split(' ')[0]),
  );
  const times = [...requested].map((payment) => executed.get(payment)?.size ?? 0);
  return {
    requested: requested.size,
    repeated,
    acknowledged: acknowledged.size,
    completed: finals.size,
    refused,
    unanswered: requested.size - finals.size - refused,
    /** Acknowledged, and no final reply with that receipt. */
    lost: lost.size,
    executed: times.filter((count) => count > 0).length,
    twice: times.filter((count) => count > 1).length,
    completedNotExecuted: [...finals].filter((payment) => !executed.has(payment)).length,
  };
}

await nats.flush();
fill();
const progress = setInterval(
  () => process.stderr.write(`${JSON.stringify({ made, settled, repeated, open: open.size })}\n`),
  250,
);
while (settled < wanted && performance.now() - lastNews < Number(flags.patience)) {
  await sleep(SCAN_MS);
  repeat();
}
clearInterval(progress);
const result = verdict(await executions());
await nats.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
const { requested, completed, unanswered, lost, twice, completedNotExecuted } = result;
const isGood =
  requested === wanted && completed === wanted && unanswered + lost! + twice! + completedNotExecuted! === 0;
process.exitCode = isGood ? 0 : 1;
