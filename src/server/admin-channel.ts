/**
 * What a running node answers to the command line on the same machine: HTTP with JSON, on a Unix socket that only this user may
 * open. The requests are those of `admin-client.ts`; a newer Waymark may answer more.
 */
import { chmod, rm } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { MoveRequest } from '../node/code-moves.ts';
import type { WaymarkNode } from '../node/node.ts';
import type { CheckpointStore, InstanceStatus, StoredInstance } from '../store/checkpoint-store.ts';
import type { JobHost, JobRequest } from './jobs/job-host.ts';
import { WaymarkError } from '../waymark-error.ts';
import { createServer } from './http-module.ts';
import { removeAddress, socketFor, writeAddress } from './admin-address.ts';

export interface AdminChannelInit {
  /** Data folder. */
  readonly folder: string;
  readonly node: WaymarkNode;
  readonly store: CheckpointStore;
  /** Undefined when no jobs are served. */
  readonly jobs?: JobHost | undefined;
}

/** Bytes of a request's body. */
const MOST_BODY = 16 * 2 ** 20;

export class AdminChannel {
  readonly #init: AdminChannelInit;
  readonly #server: Server;

  private constructor(init: AdminChannelInit) {
    this.#init = init;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        (value) => send(response, value === undefined ? 404 : 200, value ?? null),
        (error: unknown) => send(response, 500, errorData(error)),
      );
    });
  }

  /** Listens. The folder is held by this process, so a socket that is left there is nobody's. */
  static async open(init: AdminChannelInit): Promise<AdminChannel> {
    const channel = new AdminChannel(init);
    const socket = socketFor(init.folder);
    await rm(socket, { force: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    channel.#server.once('error', reject);
    channel.#server.listen(socket, resolve);
    await promise;
    await chmod(socket, 0o600);
    await writeAddress(init.folder, socket);
    return channel;
  }

  async close(): Promise<void> {
    await removeAddress(this.#init.folder);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  /** Undefined: there is no such thing. */
  async #answer(request: IncomingMessage): Promise<unknown> {
    const { store, node } = this.#init;
    const url = new URL(request.url ?? '/', 'http://waymark');
    const [version, what, id, ...more] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (version !== 'v1' || more.length > 0) return undefined;
    switch (`${request.method} ${what}`) {
      case 'GET instances': {
        if (id !== undefined) return storedData(await store.load(id));
        const status = (url.searchParams.get('status') ?? undefined) as InstanceStatus | undefined;
        const script = url.searchParams.get('script') ?? undefined;
        const limit = Number(url.searchParams.get('limit') ?? 100);
        return store.list({ status, script, limit });
      }
      case 'GET code': {
        const bundle = id === undefined ? undefined : await store.loadCode(id);
        return bundle && { bundle: Buffer.from(bundle).toString('base64') };
      }
      case 'POST moves':
        return node.move(JSON.parse(await bodyOf(request)) as MoveRequest);
      case 'POST retries':
        return { done: await node.retry(await idIn(request)) };
      case 'POST purges':
        return { done: await node.purge(await idIn(request)) };
      case 'POST jobs':
        return this.#init.jobs?.start(JSON.parse(await bodyOf(request)) as JobRequest);
      case 'GET jobs':
        return { steps: this.#init.jobs?.progress(Number(id)) ?? [] };
      default:
        return undefined;
    }
  }
}

function storedData(stored: StoredInstance | undefined): object | undefined {
  const text = (bytes: Uint8Array | undefined): string | undefined =>
    bytes && Buffer.from(bytes).toString('base64');
  return stored && { ...stored, snapshot: text(stored.snapshot), outcome: text(stored.outcome) };
}

async function idIn(request: IncomingMessage): Promise<string> {
  const { id } = JSON.parse(await bodyOf(request)) as { readonly id?: unknown };
  if (typeof id !== 'string') throw new TypeError('a request without an id');
  return id;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BODY) throw new RangeError(`a request of more than ${MOST_BODY} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function errorData(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof WaymarkError ? { code: error.code, message, fix: error.fix } : { message };
}
