/**
 * Owns: the connection to NATS over its whole life, and what waits to be published while there is none. Invariants:
 *
 * 1. It never gives up: a server that is down, refuses us or goes away is tried again with growing pauses until `close`.
 * 2. While connected every publish goes straight to the client, in the order of the calls; what waited goes first.
 * 3. Bytes that wait for a server (no connection, or one that does not read) never exceed `maxBufferedBytes`;
 *    what is more is refused, the oldest is kept.
 * 4. Subscriptions made while there is no connection begin with it.
 */
import {
  connect,
  type MsgHdrs,
  type NatsConnection,
  type NodeConnectionOptions,
} from '@nats-io/transport-node';
import type { Timers } from '../timers.ts';
import { TransportError } from '../transport-error.ts';

/** What a person or a metric wants to know about the connection. */
export interface NatsState {
  readonly state: 'connecting' | 'connected' | 'disconnected' | 'closed';
  /** `host:port` of the server that is or was connected. */
  readonly server: string | undefined;
  /** Why there is no connection. */
  readonly reason: string | undefined;
  /** Attempts that failed since there was a connection. */
  readonly failures: number;
  /** Connections that were lost so far. */
  readonly lost: number;
}

export interface NatsConnectionInit {
  readonly options: NodeConnectionOptions;
  readonly maxBufferedBytes: number;
  readonly timers: Timers;
  readonly onState: (state: NatsState) => void;
  readonly onError: (error: unknown) => void;
  /** Called at every connection, before anything that waited is sent. */
  readonly onConnected: (client: NatsConnection, isFirst: boolean) => void;
}

interface Waiting {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs | undefined;
  readonly reply: string | undefined;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Written to a server without hearing from it that it has read them. */
const WINDOW_BYTES = 4 * 1024 * 1024;

export class NatsConnectionKeeper {
  readonly #init: NatsConnectionInit;
  #client: NatsConnection | undefined;
  #state: NatsState = { state: 'connecting', server: undefined, reason: undefined, failures: 0, lost: 0 };
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  /** Bytes since the last flush began. */
  #sinceFlush = 0;
  #flushing: Promise<void> | undefined;
  #closed = false;
  #pause: unknown;
  #wake: (() => void) | undefined;

  constructor(init: NatsConnectionInit) {
    this.#init = init;
  }

  get state(): NatsState {
    return this.#state;
  }

  /** Bytes of messages that wait for a connection. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get client(): NatsConnection | undefined {
    return this.#state.state === 'connected' ? this.#client : undefined;
  }

  /** Bytes that one message may have, headers included, as the server says. */
  get maxPayload(): number {
    return this.#client?.info?.max_payload ?? Number.POSITIVE_INFINITY;
  }

  /** Tries until there is a connection or `close` is called. */
  async run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.#closed) {
      try {
        const client = await connect({
          ...this.#init.options,
          reconnect: true,
          maxReconnectAttempts: -1,
          ignoreAuthErrorAbort: true,
          reconnectDelayHandler: () => FIRST_PAUSE_MS + Math.random() * 400,
        });
        if (this.#closed) {
          await client.close();
          return;
        }
        this.#client = client;
        this.#follow(client).catch((error: unknown) => this.#init.onError(error));
        this.#connected(client, true);
        return;
      } catch (error) {
        this.#change({ state: 'connecting', reason: reasonOf(error), failures: this.#state.failures + 1 });
        await this.#sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  publish(
    subject: string,
    data: Uint8Array,
    headers: MsgHdrs | undefined,
    reply: string | undefined,
  ): Promise<void> {
    const { client } = this;
    if (!client || this.#waiting.length > 0) {
      this.#keep({ subject, data: data.slice(), headers, reply });
      return DONE;
    }
    send(client, { subject, data, headers, reply });
    this.#sinceFlush += data.length + subject.length;
    return this.#sinceFlush < WINDOW_BYTES ? DONE : this.#window(client);
  }

  /** Resolves when the server has read everything so far; at once without a connection. */
  async flush(): Promise<void> {
    // Rejected when the connection goes: then nothing is left to wait for.
    await this.client?.flush().catch(() => {});
  }

  /** What waits is sent if there is a connection, else dropped. */
  async close(limitMs: number): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    const client = this.#client;
    if (client) {
      const { timers } = this.#init;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = timers.set(resolve, limitMs);
      await Promise.race([this.flush(), late]);
      timers.clear(timer);
      await client.close();
    }
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#change({ state: 'closed', reason: undefined, failures: 0 });
  }

  #keep(message: Waiting): void {
    const bytes = message.data.length + message.subject.length;
    if (this.#waitingBytes + bytes > this.#init.maxBufferedBytes) {
      throw new TransportError(
        'peerNotReading',
        `A message to "${message.subject}" was dropped: NATS is not connected and ${this.#waitingBytes} bytes wait for it`,
        {
          fix:
            this.#state.reason === undefined
              ? 'See whether the NATS server runs.'
              : `See why NATS cannot be reached: ${this.#state.reason}`,
        },
      );
    }
    this.#waiting.push(message);
    this.#waitingBytes += bytes;
  }

  /** Not more than the window may be on its way; a server that does not read holds back whoever publishes. */
  #window(client: NatsConnection): Promise<void> {
    if (this.#flushing) return this.#flushing;
    this.#sinceFlush = 0;
    const flushing = client.flush().then(
      () => {
        this.#flushing = undefined;
      },
      () => {
        this.#flushing = undefined;
      },
    );
    return (this.#flushing = flushing);
  }

  #connected(client: NatsConnection, isFirst: boolean): void {
    this.#change({ state: 'connected', server: client.getServer(), reason: undefined, failures: 0 });
    this.#sinceFlush = 0;
    this.#init.onConnected(client, isFirst);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const message of waiting) {
      try {
        send(client, message);
      } catch (error) {
        this.#init.onError(error);
      }
    }
  }

  async #follow(client: NatsConnection): Promise<void> {
    for await (const status of client.status()) {
      switch (status.type) {
        case 'disconnect':
          this.#change({
            state: 'disconnected',
            server: status.server,
            reason: `the connection to ${status.server} was lost`,
            failures: 0,
            lost: this.#state.lost + 1,
          });
          break;
        case 'reconnecting':
          this.#change({ failures: this.#state.failures + 1 });
          break;
        case 'reconnect':
          this.#connected(client, false);
          break;
        case 'error':
          if (this.#state.state === 'connected') this.#init.onError(serverError(status.error));
          else this.#change({ reason: reasonOf(status.error) });
          break;
        default:
      }
    }
  }

  #change(next: Partial<NatsState>): void {
    const before = this.#state;
    this.#state = { ...before, ...next };
    if (before.state === this.#state.state && before.reason === this.#state.reason) return;
    this.#init.onState(this.#state);
  }

  #sleep(ms: number): Promise<void> {
    if (this.#closed) return DONE;
    return new Promise((resolve) => {
      this.#wake = (): void => {
        this.#init.timers.clear(this.#pause);
        this.#wake = undefined;
        resolve();
      };
      this.#pause = this.#init.timers.set(this.#wake, ms);
    });
  }
}

const DONE = Promise.resolve();

function send(client: NatsConnection, { subject, data, headers, reply }: Waiting): void {
  if (headers === undefined && reply === undefined) client.publish(subject, data);
  else
    client.publish(subject, data, {
      ...(headers ? { headers } : {}),
      ...(reply === undefined ? {} : { reply }),
    });
}

function reasonOf(error: unknown): string {
  // A server that does not like our certificate closes the connection without a word.
  if ((error as Error).name === 'TimeoutError')
    return 'no answer from the server (if it asks for client certificates: see whether it accepts this one)';
  const { message, cause } = error as { message?: unknown; cause?: { message?: unknown } };
  const text = typeof message === 'string' ? message : String(error);
  return typeof cause?.message === 'string' && cause.message !== '' ? `${text} (${cause.message})` : text;
}

function serverError(error: Error): TransportError {
  return new TransportError('connection', `NATS refused something: ${error.message}`, {
    cause: error,
    fix: 'If it is about permissions: let this user publish and subscribe to the subjects of the scripts and to its inbox.',
  });
}
