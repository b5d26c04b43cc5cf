/** What both peers do with a payment, apart from how it is made durable: the same messages to the same simulators, by the plain NATS client. */
import { headers, type NatsConnection } from '@nats-io/transport-node';

export interface PaymentRequest {
  readonly payment: string;
  readonly card: string;
  readonly alias: string;
  readonly amount: number;
}

/** A request with the subject where the early acknowledgement goes. */
export interface Order {
  readonly request: PaymentRequest;
  readonly acknowledgeTo: string;
}

/** What the first durable step finds out. */
export interface Prepared {
  readonly receipt: string;
  readonly token: string;
  readonly bank: string;
  readonly account: string;
}

export interface Authorisation {
  readonly status: string;
  readonly authorisation: string;
}

export interface PaymentResult extends Authorisation {
  readonly payment: string;
  readonly receipt: string;
  readonly bank: string;
}

const TIMEOUT_MS = 5000;

async function ask<T>(nats: NatsConnection, subject: string, body: object, messageId: string): Promise<T> {
  const head = headers();
  head.set('waymark-message-id', messageId);
  const reply = await nats.request(subject, JSON.stringify(body), { timeout: TIMEOUT_MS, headers: head });
  return reply.json<T>();
}

/** Token and destination. */
export async function prepare(nats: NatsConnection, request: PaymentRequest): Promise<Prepared> {
  const receipt = crypto.randomUUID();
  const { payment, card, alias } = request;
  const { token } = await ask<{ token: string }>(nats, 'tokeniser', { card }, `${payment}:1`);
  const found = await ask<{ bank: string; account: string }>(nats, 'alias-lookup', { alias }, `${payment}:2`);
  return { receipt, token, bank: found.bank, account: found.account };
}

export function acknowledge(nats: NatsConnection, { request, acknowledgeTo }: Order, receipt: string): void {
  const head = headers();
  head.set('waymark-interim', 'true');
  nats.publish(acknowledgeTo, JSON.stringify({ payment: request.payment, receipt }), { headers: head });
}

export function authorise(
  nats: NatsConnection,
  request: PaymentRequest,
  { token, account, bank }: Prepared,
): Promise<Authorisation> {
  const { payment, amount } = request;
  return ask(nats, `bank.${bank}`, { payment, token, account, amount }, `${payment}:3`);
}

export function resultOf({ request }: Order, prepared: Prepared, answer: Authorisation): PaymentResult {
  return {
    payment: request.payment,
    receipt: prepared.receipt,
    bank: prepared.bank,
    status: answer.status,
    authorisation: answer.authorisation,
  };
}
