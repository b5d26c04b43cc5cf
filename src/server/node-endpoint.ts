/**
 * What a node shows over HTTP: `/metrics` for Prometheus, `/health` (alive) and `/ready` (recovered and serving). Owns: the server and
 * what is measured for it alone. It is opened before the node, so that a node that starts slowly can be seen doing so.
 */
import { statfs } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import type { NodeStatus } from '../node/node.ts';
import type { SqliteStoreStats } from '../store/sqlite/open-sqlite-store.ts';
import { healthOf } from './health.ts';
import type { HttpAddress } from './http-address.ts';
import { jsonPage, listen, type ListeningServer, type Page } from './http-routes.ts';
import { EventLoopDelay } from './metrics/event-loop-delay.ts';
import { MetricsPage } from './metrics/metrics-page.ts';
import type { DiskSample, JobsSample, NatsSample, NodeSample } from './metrics/node-sample.ts';

export interface NodeEndpointOptions {
  readonly address: HttpAddress;
  /** Label of the metrics; undefined for a node without a lasting name. */
  readonly nodeId: string | undefined;
  readonly dataFolder: string;
  readonly storeStats: () => Promise<SqliteStoreStats>;
  /** How long a page waits for the store and the disk before it leaves them out, ms. Default 500. */
  readonly storeLimitMs?: number | undefined;
  /** Undefined without NATS. */
  readonly nats: (() => NatsSample) | undefined;
  /** Undefined until the node has been opened. */
  readonly status: () => NodeStatus | undefined;
  /** Undefined when no jobs are served. */
  readonly jobs?: (() => JobsSample | undefined) | undefined;
  readonly reportError: (error: unknown) => void;
}

export interface NodeEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** A disk that hangs must not keep everything else from being seen. */
const STORE_LIMIT_MS = 500;

/** @throws ServerError WM7030 when the address cannot be listened on */
export async function openNodeEndpoint(options: NodeEndpointOptions): Promise<NodeEndpoint> {
  const { status, nats, storeLimitMs = STORE_LIMIT_MS } = options;
  const eventLoop = new EventLoopDelay();
  const metrics = new MetricsPage(options.nodeId);
  const sample = async (): Promise<NodeSample> => {
    const [store, disk] = await Promise.all([
      unlessLate(options.storeStats(), storeLimitMs),
      unlessLate(diskOf(options.dataFolder), storeLimitMs),
    ]);
    return {
      node: status(),
      store,
      nats: nats?.(),
      disk,
      jobs: options.jobs?.(),
      eventLoopDelay: eventLoop.summary(),
      heapLimit: getHeapStatistics().heap_size_limit,
      now: Date.now(),
    };
  };
  const health = (kind: 'live' | 'ready') => (): Page => {
    const found = healthOf(status(), nats?.());
    return jsonPage(found[kind] ? 200 : 503, found);
  };
  let server: ListeningServer;
  const close = (): void => {
    eventLoop.close();
    metrics.close();
  };
  try {
    server = await listen(
      options.address,
      {
        '/metrics': async () => {
          const { contentType } = metrics;
          return { status: 200, contentType, body: await metrics.text(await sample()) };
        },
        '/health': health('live'),
        '/ready': health('ready'),
      },
      options.reportError,
    );
  } catch (error) {
    close();
    throw error;
  }
  return {
    url: server.url,
    close: async () => {
      await server.close();
      close();
    },
  };
}

/** Undefined when it fails or takes too long. */
async function unlessLate<T>(value: Promise<T>, limitMs: number): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), limitMs);
  try {
    return await Promise.race([value.catch(() => undefined), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function diskOf(folder: string): Promise<DiskSample> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}
