/**
 * The load generator of all contenders: a closed loop of payments by request id. Arguments: NATS URL, payments in flight, and for Restate
 * the URL of its ingress (the others take requests over NATS). Acknowledgements always come over NATS.
 *
 * Owns: the payments on their way. Invariants:
 * 1. A payment counts as completed when its acknowledgement and its final reply are there, with the same receipt.
 * 2. Anything else than that is an error that ends the process: the run is void.
 */
import { Agent, request as httpRequest } from 'node:http';
import { connect, createInbox, headers } from '@nats-io/transport-node';
import { paymentRequest } from '../../examples/payments/generator/payment-requests.ts';
import type { PaymentRequest } from './payment-flow.ts';

/** What the parent says: begin, tell how many are completed, make no more. */
export type LoadCommand = 'start' | 'count' | 'stop';

export interface LoadReport {
  readonly completed: number;
  /** Payments on their way. */
  readonly open: number;
}

const [url, count, ingress] = process.argv.slice(2);
const nats = await connect({ servers: url! });
const inbox = createInbox();
const inFlight = Number(count);
const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
/** Receipts by payment: of the acknowledgement, of the final reply. */
const open = new Map<string, { acknowledged?: string; final?: string }>();
let made = 0;
let completed = 0;
let running = false;

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

nats.subscribe(`${inbox}.*`, {
  callback: (error, message) => {
    if (error) fail(error);
    const code = message.headers?.get('waymark-error') ?? '';
    if (code !== '' || message.headers?.code === 503) fail(`refused: ${code} ${message.string()}`);
    const isInterim = message.headers?.get('waymark-interim') === 'true';
    arrived(message.json<{ payment: string; receipt: string }>(), isInterim ? 'acknowledged' : 'final');
  },
});

function arrived(
  { payment, receipt }: { payment: string; receipt: string },
  kind: 'acknowledged' | 'final',
): void {
  const state = open.get(payment);
  if (state === undefined) fail(`Nobody waits for payment ${payment}`);
  state[kind] = receipt;
  const { acknowledged, final } = state;
  if (acknowledged === undefined || final === undefined) return;
  if (acknowledged !== final) fail(`Payment ${payment} was acknowledged with another receipt`);
  open.delete(payment);
  completed++;
  fill();
}

function send(number: number): void {
  const request = paymentRequest(1, number);
  open.set(request.payment, {});
  const replyTo = `${inbox}.${request.payment}`;
  if (ingress !== undefined) {
    post(request, replyTo);
    return;
  }
  const head = headers();
  head.set('waymark-request-id', request.payment);
  nats.publish('payment', JSON.stringify(request), { headers: head, reply: replyTo });
}

function post(request: PaymentRequest, acknowledgeTo: string): void {
  const body = JSON.stringify({ request, acknowledgeTo });
  const options = {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': request.payment,
    },
  };
  const sent = httpRequest(`${ingress}/payment/pay`, options, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => (text += part));
    response.on('end', () => {
      if (response.statusCode !== 200) fail(`${response.statusCode} ${text}`);
      arrived(JSON.parse(text) as { payment: string; receipt: string }, 'final');
    });
  });
  sent.on('error', fail);
  sent.end(body);
}

function fill(): void {
  while (running && open.size < inFlight) send(++made);
}

const tell = (): void => {
  process.send?.({ completed, open: open.size } satisfies LoadReport);
};

process.on('message', (command: LoadCommand) => {
  if (command !== 'count') running = command === 'start';
  fill();
  tell();
});
await nats.flush();
process.send?.({ ready: true });
