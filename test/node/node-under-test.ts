/** Nodes in this process, on a hub of their own, with script folders that tests write. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from '../../src/compiler/index.ts';
import { startNode, type NodeEvent, type NodeOptions, type WaymarkNode } from '../../src/node/node.ts';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { ERROR, MESSAGE_ID, POSSIBLE_REPEAT, REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';

export const decode = (data: Uint8Array): unknown =>
  data.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(data));
export const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Resolves as soon as `condition` holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

export interface Answer {
  readonly value: unknown;
  /** Of an error reply. */
  readonly error: string | undefined;
  readonly interims: readonly unknown[];
}

export interface Heard {
  readonly data: unknown;
  readonly messageId: string | undefined;
  readonly isRepeat: boolean;
}

export const STORES = {
  memory: async (): Promise<CheckpointStore> => new MemoryStore(),
  sqlite: async (folder: string): Promise<CheckpointStore> => openSqliteStore({ directory: folder }),
} as const;

let hubs = 0;

/** One hub with a client, services, and any number of nodes. */
export class Bench {
  readonly hub = `bench-${++hubs}`;
  readonly events: NodeEvent[] = [];
  readonly client: Transport;
  readonly root: string;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(root: string, client: Transport) {
    this.root = root;
    this.client = client;
  }

  static async open(): Promise<Bench> {
    const root = await mkdtemp(join(tmpdir(), 'wm-node-'));
    const bench: Bench = new Bench(root, await openLocalTransport({ name: `bench-${hubs + 1}` }));
    bench.#closing.push(() => bench.client.close());
    return bench;
  }

  get scripts(): string {
    return join(this.root, 'scripts');
  }

  async write(name: string, source: string): Promise<string> {
    const file = join(this.scripts, name);
    await mkdir(dirname(file), { recursive: true });
    // In one go: a node that watches must not see it half written.
    writeFileSync(file, source);
    return file;
  }

  transport(): Promise<Transport> {
    return openLocalTransport({ name: this.hub });
  }

  /** A node on the scripts of the bench; a memory store and no watching unless said otherwise. */
  async node(options: Partial<NodeOptions> = {}): Promise<WaymarkNode> {
    await mkdir(this.scripts, { recursive: true });
    const node = await startNode({
      store: options.store ?? new MemoryStore(),
      transport: options.transport ?? (await this.transport()),
      compile: (file) => compile(file),
      scripts: this.scripts,
      watch: false,
      stopLimitMs: 0,
      onEvent: (event) => void this.events.push(event),
      ...options,
    });
    this.#closing.push(() => node.stop(0));
    return node;
  }

  /** A service that remembers what it heard; `answer` gives the reply, undefined for none. */
  async service(subject: string, answer: (heard: Heard, message: Message) => unknown): Promise<Heard[]> {
    const all: Heard[] = [];
    const transport = await this.transport();
    this.#closing.push(() => transport.close());
    const respond = async (message: Message): Promise<void> => {
      const heard: Heard = {
        data: decode(message.data),
        messageId: message.headers[MESSAGE_ID],
        isRepeat: message.headers[POSSIBLE_REPEAT] === 'true',
      };
      all.push(heard);
      const value = await answer(heard, message);
      if (value !== undefined && message.replyTo !== undefined)
        await transport.publish(message.replyTo, encode(value));
    };
    await transport.subscribe(subject, { queue: subject }, (message) => {
      respond(message).catch((error: unknown) => this.events.push({ kind: 'problem', error }));
    });
    return all;
  }

  async ask(
    subject: string,
    data?: unknown,
    options: { requestId?: string; repeat?: boolean; timeout?: number; interims?: unknown[] } = {},
  ): Promise<Answer> {
    const interims = options.interims ?? [];
    const headers: Record<string, string> = {};
    if (options.requestId !== undefined) headers[REQUEST_ID] = options.requestId;
    if (options.repeat === true) headers[POSSIBLE_REPEAT] = 'true';
    const reply = await awaitReply(
      this.client,
      subject,
      data === undefined ? new Uint8Array(0) : encode(data),
      {
        headers,
        timeout: options.timeout ?? 50_000,
        onInterim: (message) => interims.push(decode(message.data)),
      },
    );
    return { value: decode(reply.data), error: reply.headers[ERROR], interims };
  }

  /** Errors that were nobody's result. */
  problems(): unknown[] {
    return this.events.filter((event) => event.kind === 'problem').map((event) => event.error);
  }

  onClose(action: () => Promise<unknown>): void {
    this.#closing.push(action);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.toReversed()) await close();
    await rm(this.root, { recursive: true, force: true });
  }
}
