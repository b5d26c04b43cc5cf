/**
 * One payment. `waymark serve` listens on the subject `payment` (the name of this file) and starts an instance of
 * this script for each request.
 *
 *   request -> token -> destination -> CHECKPOINT -> early acknowledgement -> bank -> CHECKPOINT -> final reply
 *
 * From the acknowledgement on the caller may rely on the payment, whatever is killed. There is nothing in here about
 * crashes except the `recover` of the first checkpoint.
 */
import { randomUUID } from 'node:crypto';
import { call, checkpoint, reply } from 'waymark';

/** What the caller sends. */
export interface PaymentRequest {
  /** The caller's name for this payment. */
  readonly payment: string;
  readonly card: string;
  /** Who gets the money, as the payer knows them. */
  readonly alias: string;
  /** In cents. */
  readonly amount: number;
}

/** Sent as soon as the payment is safe. */
export interface Acknowledgement {
  readonly payment: string;
  /** Drawn at random, once; the final reply must carry the same one. */
  readonly receipt: string;
}

/** The final reply. */
export interface PaymentResult {
  readonly payment: string;
  readonly receipt: string;
  readonly bank: string;
  readonly status: 'approved' | 'declined';
  readonly authorisation: string;
}

/** Answer of the alias lookup: where the money goes. */
export interface Destination {
  readonly bank: string;
  readonly account: string;
}

/** What a bank is asked to do. */
export interface AuthorisationRequest {
  readonly payment: string;
  readonly token: string;
  readonly account: string;
  readonly amount: number;
}

/** Answer of a bank. */
export interface Authorisation {
  readonly status: 'approved' | 'declined';
  readonly authorisation: string;
}

/** Messages can be gone: with a killed server, or in the socket of a killed process. Each try has the same message id. */
const PATIENCE = { timeout: '2s', retries: 50 };

export default async function payment(request: PaymentRequest): Promise<PaymentResult> {
  const { card, alias, amount } = request;
  const receipt = randomUUID();

  const { token } = await call<{ token: string }>('tokeniser', { card }, PATIENCE);
  const destination = await call<Destination>('alias-lookup', { alias }, PATIENCE);

  const acknowledge = () => reply({ payment: request.payment, receipt } satisfies Acknowledgement);
  await checkpoint({ commit: acknowledge, recover: acknowledge });

  const order: AuthorisationRequest = {
    payment: request.payment,
    token,
    account: destination.account,
    amount,
  };
  const answer = await call<Authorisation>(`bank.${destination.bank}`, order, PATIENCE);

  await checkpoint();

  return { payment: request.payment, receipt, bank: destination.bank, ...answer };
}
