/** Turns a card number into a token, so that nobody further down ever sees the number. The same card gives the same token. */
import { hash } from 'node:crypto';
import type { Subscription, Transport } from '../../../src/transport/transport.ts';
import { answer, decodeJson } from './json-messages.ts';
import { after, type Latency } from './latency.ts';

/** The token of a card number. */
export function tokenOf(card: string): string {
  return `tok_${hash('sha256', `vault:${card}`).slice(0, 24)}`;
}

/** Serves the subject `tokeniser`: `{ card }` gives `{ token }`. */
export function serveTokeniser(transport: Transport, latency: Latency): Promise<Subscription> {
  return transport.subscribe('tokeniser', { queue: 'tokeniser' }, (message) => {
    const { card } = decodeJson<{ card: string }>(message.data);
    after(latency(), () => answer(transport, message, { token: tokenOf(card) }));
  });
}
