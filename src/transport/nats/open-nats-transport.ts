/** The transport for the processes of many machines: core NATS, any server from 2.2 on; JetStream is not needed. */
import { randomBytes } from 'node:crypto';
import { processTimers, type Timers } from '../timers.ts';
import type { NatsState } from './nats-connection.ts';
import { connectionOptions, type NatsServerOptions } from './nats-options.ts';
import { NatsTransport } from './nats-transport.ts';

export type { NatsState } from './nats-connection.ts';

export interface NatsTransportOptions extends NatsServerOptions {
  /** Shown by the server's monitoring. Default `waymark`. */
  readonly name?: string | undefined;
  /** Called whenever the connection comes or goes, and when the reason for having none changes. */
  readonly onState?: ((state: NatsState) => void) | undefined;
  /** Errors that belong to nobody's call. Default: a process warning. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Largest body, bytes. Default 8 MiB; the server's `max_payload` (1 MiB unless configured) counts too. */
  readonly maxMessageBytes?: number | undefined;
  /** How much may wait for a server that is away before publishing is refused, bytes. Default 64 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  readonly timers?: Timers | undefined;
}

const MIB = 1024 * 1024;

/**
 * Opens a transport to NATS and returns at once: it connects in the background and for as long as it takes. Until then,
 * and whenever the server is away, subscriptions wait, publishing is buffered, requests run into their time limits.
 * `connected` resolves with the first connection.
 *
 * @throws TransportError WM6015 (URL, files, authentication)
 */
export function openNatsTransport(options: NatsTransportOptions): {
  readonly transport: NatsTransport;
  readonly connected: Promise<void>;
} {
  const onError = options.onError ?? warn;
  const transport = new NatsTransport({
    options: {
      ...connectionOptions(options),
      name: options.name ?? 'waymark',
      timeout: 5_000,
      pingInterval: 10_000,
      maxPingOut: 2,
    },
    inbox: `waymark-${randomBytes(9).toString('base64url')}`,
    maxMessageBytes: options.maxMessageBytes ?? 8 * MIB,
    maxBufferedBytes: options.maxBufferedBytes ?? 64 * MIB,
    timers: options.timers ?? processTimers,
    onState: options.onState ?? ((): void => {}),
    onError,
  });
  return { transport, connected: transport.connect() };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
