/**
 * Nothing leaves a node whose lease is over. A process that was frozen does not know it until its timers run; what it does
 * before that must not reach anybody. So the lease is looked at whenever something goes out.
 */
import { TransportError } from '../../transport/transport-error.ts';
import type { Transport } from '../../transport/transport.ts';

export type IsValid = () => boolean;

/** Refuses to publish once the lease is over. */
export function fencedTransport(transport: Transport, isValid: IsValid): Transport {
  const check = (): void => {
    if (!isValid())
      throw new TransportError('closed', 'This node no longer has the right to run its instances');
  };
  return {
    subscribe: (subject, options, handler) =>
      transport.subscribe(subject, options, (message) => {
        // Whoever sent it asks again, and another node answers.
        if (isValid()) handler(message);
      }),
    publish: async (subject, data, options) => {
      check();
      return transport.publish(subject, data, options);
    },
    request(subject, data, options, requester) {
      check();
      transport.request(subject, data, options, requester);
    },
    close: () => transport.close(),
  };
}
