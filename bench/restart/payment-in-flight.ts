/** The payment of examples/payments as it stands at the bank, which takes an hour. */
import { randomUUID } from 'node:crypto';
import { call, checkpoint, reply } from 'waymark';
import type { Authorisation, Destination, PaymentRequest } from '../../examples/payments/scripts/payment.ts';

export default async function payment(request: PaymentRequest): Promise<unknown> {
  const { card, alias, amount } = request;
  const receipt = randomUUID();

  const { token } = await call<{ token: string }>('tokeniser', { card });
  const destination = await call<Destination>('alias-lookup', { alias });

  const acknowledge = () => reply({ payment: request.payment, receipt });
  await checkpoint({ commit: acknowledge, recover: acknowledge });

  const order = { payment: request.payment, token, account: destination.account, amount };
  const answer = await call<Authorisation>('bank', order, { timeout: '1h' });

  await checkpoint();

  return { payment: request.payment, receipt, bank: destination.bank, ...answer };
}
