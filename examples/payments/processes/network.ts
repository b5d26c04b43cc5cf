/** How the processes of a run exchange messages. */
import { openLocalTransport } from '../../../src/transport/local/open-local-transport.ts';
import { openNatsTransport } from '../../../src/transport/nats/open-nats-transport.ts';
import type { Transport } from '../../../src/transport/transport.ts';

export type Network =
  /** Sockets in a folder; its path must be short. */
  | { readonly kind: 'local'; readonly folder: string }
  /** URLs, separated by commas. */
  | { readonly kind: 'nats'; readonly servers: string };

/** How long a process that joins waits for the others to answer; long, because all of them may be starting on a busy machine. */
const JOIN_GRACE_MS = 2000;

/** Joins the processes that exchange messages, under a name of one's own. */
export async function joinNetwork(
  network: Network,
  id: string,
  onError: (error: unknown) => void,
): Promise<Transport> {
  if (network.kind === 'local') {
    return openLocalTransport({ directory: network.folder, id, onError, joinGraceMs: JOIN_GRACE_MS });
  }
  const { transport, connected } = openNatsTransport({ servers: network.servers, onError });
  await connected;
  return transport;
}
