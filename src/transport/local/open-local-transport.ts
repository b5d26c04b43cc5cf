/** The transport for the processes of one machine; no server, nothing to configure but a directory. */
import { randomBytes } from 'node:crypto';
import { TransportError } from '../transport-error.ts';
import type { Transport } from '../transport.ts';
import { joinHub } from './in-process-hub.ts';
import { LocalTransport } from './local-transport.ts';
import { isToken } from '../subject.ts';
import { processTimers, type Timers } from '../timers.ts';
import { UnixMesh } from './unix-mesh.ts';

export interface LocalTransportOptions {
  /** Where the processes find each other, a short path on a local file system. Left out: only within this process. */
  readonly directory?: string | undefined;
  /** Without a directory: transports of this process with the same name see each other. Default `default`. */
  readonly name?: string | undefined;
  /** Unique among those alive; a restarted process may have its old one. `[A-Za-z0-9_-]+`. Default: random. */
  readonly id?: string | undefined;
  /** Errors that belong to nobody's call: handlers that throw, peers that do not read, malformed frames. Default: a process warning. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Largest body, bytes; the same on all members. Default 8 MiB. */
  readonly maxMessageBytes?: number | undefined;
  /** How much may wait for one member before messages to it are dropped, bytes. Default 64 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  /** How long a request waits for responders while members are still connecting, ms. Default 250. */
  readonly joinGraceMs?: number | undefined;
  /** How long a member is waited for that is there and does not greet, or does not read a subscription, ms. Default: `joinGraceMs`. */
  readonly greetingMs?: number | undefined;
  readonly timers?: Timers | undefined;
  /** Number of the first request; must grow from one life of an id to the next. Default: from the clock. */
  readonly firstRequest?: number | undefined;
}

const MIB = 1024 * 1024;
/** More than the requests that a process can send in a millisecond. */
const REQUESTS_PER_MS = 1024;

/**
 * Opens a transport. With a directory it resolves when all processes that are there have been met (or after the grace).
 * @throws TransportError WM6005 (id), WM6009 (id in use), WM6010 (path too long), WM6011 (Windows), WM6014 (cannot listen)
 */
export async function openLocalTransport(options: LocalTransportOptions = {}): Promise<Transport> {
  const id = options.id ?? randomBytes(6).toString('hex');
  if (!isToken(id)) {
    throw new TransportError('invalidSubject', `"${id}" is not a peer id`, {
      fix: 'Use letters, digits, _ and - only.',
    });
  }
  const maxMessageBytes = options.maxMessageBytes ?? 8 * MIB;
  const maxBufferedBytes = Math.max(options.maxBufferedBytes ?? 64 * MIB, 2 * maxMessageBytes);
  const timers = options.timers ?? processTimers;
  const transport = new LocalTransport({
    id,
    maxMessageBytes,
    maxBufferedBytes,
    firstRequest: options.firstRequest ?? Date.now() * REQUESTS_PER_MS,
    timers,
    onError: options.onError ?? warn,
  });
  if (options.directory === undefined) {
    transport.attach(joinHub(options.name ?? 'default', transport, maxBufferedBytes));
    return transport;
  }
  if (process.platform === 'win32') {
    throw new TransportError(
      'unsupportedPlatform',
      'The local transport between processes needs Unix sockets',
      {
        fix: 'Leave out the directory (one process), or use the NATS transport on Windows.',
      },
    );
  }
  const joinGraceMs = options.joinGraceMs ?? 250;
  const mesh = new UnixMesh({
    directory: options.directory,
    incarnation: randomBytes(5).toString('hex'),
    member: transport,
    maxMessageBytes,
    maxBufferedBytes,
    joinGraceMs,
    greetingMs: options.greetingMs ?? joinGraceMs,
    timers,
  });
  transport.attach(mesh);
  await mesh.start();
  return transport;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
