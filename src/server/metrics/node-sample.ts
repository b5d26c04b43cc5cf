/** Everything that is read for one scrape, at one moment. */
import type { LatencySummary } from '../../node/latency-histogram.ts';
import type { NodeStatus } from '../../node/node.ts';
import type { SqliteStoreStats } from '../../store/sqlite/open-sqlite-store.ts';
import type { NatsState } from '../../transport/nats/open-nats-transport.ts';

export interface NatsSample extends NatsState {
  /** Bytes of messages that wait for a connection. */
  readonly waitingBytes: number;
}

export interface JobsSample {
  readonly jobs: readonly JobCounts[];
  /** Of all chunks, ms. */
  readonly commit: LatencySummary;
  /** Workers that run partitions for jobs of other nodes now. */
  readonly hostedWorkers: number;
  /** Partitions whose node was lost, of jobs of this node. */
  readonly movedPartitions: number;
}

/** Since the process has begun; of one job. */
export interface JobCounts {
  readonly job: string;
  /** Now. */
  readonly running: number;
  readonly started: number;
  /** By batch status. */
  readonly ended: Readonly<Record<'COMPLETED' | 'FAILED' | 'STOPPED', number>>;
  /** Of chunks that were committed. */
  readonly read: number;
  readonly written: number;
  readonly filtered: number;
  readonly skipped: number;
  readonly chunks: number;
}

/** Of the file system that the data folder is on, bytes. */
export interface DiskSample {
  readonly free: number;
  readonly size: number;
}

export interface NodeSample {
  /** Undefined until the node has been opened: a new disk waits for its peer first. */
  readonly node: NodeStatus | undefined;
  /** Undefined while the store does not answer. */
  readonly store: SqliteStoreStats | undefined;
  /** Undefined without NATS. */
  readonly nats: NatsSample | undefined;
  readonly disk: DiskSample | undefined;
  /** Undefined when no jobs are served. */
  readonly jobs: JobsSample | undefined;
  readonly eventLoopDelay: LatencySummary;
  /** Most bytes that the JavaScript heap may have. */
  readonly heapLimit: number;
  /** ms since the epoch */
  readonly now: number;
}
