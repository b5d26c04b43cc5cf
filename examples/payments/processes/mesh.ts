import { openLocalTransport } from '../../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../../src/transport/transport.ts';

/** How long a process that joins waits for the others to answer; long, because all of them may be starting on a busy machine. */
const JOIN_GRACE_MS = 2000;

/** Joins the processes that exchange messages through sockets in `directory`, under a name of one's own. */
export function joinMesh(
  directory: string,
  id: string,
  onError: (error: unknown) => void,
): Promise<Transport> {
  return openLocalTransport({ directory, id, onError, joinGraceMs: JOIN_GRACE_MS });
}
