/** Knows at which bank, and under which account, the holder of an alias takes money. */
import type { Subscription, Transport } from '../../../src/transport/transport.ts';
import type { Destination } from '../scripts/payment.ts';
import { answer, decodeJson } from './json-messages.ts';
import { after, type Latency } from './latency.ts';

/** Aliases look like `holder-123`; the number says where they bank. */
export function destinationOf(alias: string, banks: readonly string[]): Destination {
  const holder = Number(alias.slice(alias.lastIndexOf('-') + 1));
  const bank = banks[holder % banks.length];
  if (bank === undefined) throw new RangeError(`"${alias}" is not an alias`);
  return { bank, account: `AC${String(holder).padStart(10, '0')}` };
}

/** Serves the subject `alias-lookup`: `{ alias }` gives `{ bank, account }`. */
export function serveAliasLookup(
  transport: Transport,
  banks: readonly string[],
  latency: Latency,
): Promise<Subscription> {
  return transport.subscribe('alias-lookup', { queue: 'alias-lookup' }, (message) => {
    const { alias } = decodeJson<{ alias: string }>(message.data);
    const destination = destinationOf(alias, banks);
    after(latency(), () => answer(transport, message, destination));
  });
}
