/** The payments of a run: number n of a seed is the same payment, whenever and by whomever it is made. */
import type { PaymentRequest } from '../scripts/payment.ts';
import { seededRandom } from '../seeded-random.ts';

const HOLDERS = 10_000;
const HIGHEST_CENTS = 1_000_000;

/** `number` counts from 1. */
export function paymentId(number: number): string {
  return `p-${number}`;
}

/** True for what `paymentId` gives: payments of this generator, not of somebody else's. */
export function isPaymentId(payment: string): boolean {
  return /^p-\d+$/.test(payment);
}

export function paymentNumber(payment: string): number {
  return Number(payment.slice(2));
}

export function paymentRequest(seed: number, number: number): PaymentRequest {
  const random = seededRandom(seed * 1_000_003 + number);
  const digits = (count: number): string => String(Math.floor(random() * 10 ** count)).padStart(count, '0');
  return {
    payment: paymentId(number),
    card: `4${digits(7)}${digits(8)}`,
    alias: `holder-${Math.floor(random() * HOLDERS)}`,
    amount: 1 + Math.floor(random() * HIGHEST_CENTS),
  };
}
