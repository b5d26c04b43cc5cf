/** How a node is made, and what it tells about itself. */
import type { Bundle } from '../bundle.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { Transport } from '../transport/transport.ts';
import type { NodeEnvironment } from './environment.ts';
import type { RefusedTakeOver } from './leases/peer-watch.ts';
import type { Quarantined } from './recovery.ts';
import type { ReplicationOptions } from './replication/replication.ts';
import type { ReplicationStatus } from './replication/replication-session.ts';
import type { RefusedScript, ScriptEvent } from './script-directory.ts';
import type { NodeStatistics } from './statistics.ts';

export interface NodeOptions {
  /** Belongs to the node from now on: it closes it. */
  readonly store: CheckpointStore;
  /** Belongs to the node from now on: it closes it. */
  readonly transport: Transport;
  /** Makes a bundle of a script file; rejects with the diagnostics. */
  readonly compile: (file: string) => Promise<Bundle>;
  /** Compiles the sources of a bundle again, for bundles of older compilers; throws if that is not possible. */
  readonly recompile?: ((bundle: Bundle) => Promise<Bundle>) | undefined;
  /** Folder whose scripts are served. Left out: nothing is served; scripts are run with `run`. */
  readonly scripts?: string | undefined;
  /** Where the bare imports of recovered code are looked up when there is no script folder. Default: the working directory. */
  readonly modules?: string | undefined;
  /** Put before the names of scripts to make their subjects, with a dot. Default: none. */
  readonly prefix?: string | undefined;
  /** Serve edited scripts anew. Default true. */
  readonly watch?: boolean | undefined;
  /** Different for every node. Default: random. */
  readonly id?: string | undefined;
  /** Instances in flight beyond which requests are refused. Default 10,000. */
  readonly maxInFlight?: number | undefined;
  /** How long results are kept for repeated requests, ms. Default 1 hour. */
  readonly resultTtlMs?: number | undefined;
  /** How long `stop` waits for instances, ms. Default 10 s. */
  readonly stopLimitMs?: number | undefined;
  /** How long calls wait for a service that is not there, ms; at most their own timeout. Default 5 s. */
  readonly absentServiceMs?: number | undefined;
  /** How long other nodes have to say whether they know a repeated request, ms. Default 1 s; only a dead one takes so long. */
  readonly findRepeatMs?: number | undefined;
  /** In flight for longer counts as long-running, ms. Default 1 minute. */
  readonly longRunningMs?: number | undefined;
  /** Copies of this node's checkpoints on another node, and of others' here. Left out: none. */
  readonly replication?: ReplicationOptions | undefined;
  /** For others who use the transport too: runs while the node stops, after all of its own has ended. The transport is closed when it has settled. */
  readonly beforeTransportCloses?: (() => Promise<void>) | undefined;
  readonly environment?: Partial<NodeEnvironment> | undefined;
  readonly onEvent?: ((event: NodeEvent) => void) | undefined;
}

/** What happens on a node, for logs. */
export type NodeEvent =
  | { readonly kind: 'script'; readonly change: ScriptEvent }
  | {
      readonly kind: 'instance-failed';
      readonly id: string;
      readonly script: string;
      readonly error: unknown;
    }
  | { readonly kind: 'quarantined'; readonly entry: Quarantined; readonly error: Error }
  | { readonly kind: 'recovered'; readonly recovered: number; readonly quarantined: number }
  /** The state of replication changed. With `taken-over` the node has stopped: another one runs its instances. */
  | { readonly kind: 'replication'; readonly status: ReplicationStatus }
  /** The lease ran out: the node has stopped, and its process should end and start again. */
  | { readonly kind: 'lease-lost'; readonly reason: string }
  /** Something went wrong that is nobody's result; the node goes on. */
  | { readonly kind: 'problem'; readonly error: unknown }
  /** The store is dead: the node has stopped all instances, and its process should end and start again. */
  | { readonly kind: 'store-died'; readonly error: Error };

export type NodeState = 'recovering' | 'serving' | 'stopping' | 'stopped' | 'dead';

export interface ScriptStatus {
  readonly name: string;
  readonly subject: string;
  readonly file: string;
  readonly hash: string;
}

export interface LiveSummary {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Number of its last durable checkpoint. */
  readonly checkpoint: number;
}

export interface NodeStatus {
  readonly id: string;
  readonly state: NodeState;
  readonly scripts: readonly ScriptStatus[];
  readonly refused: readonly RefusedScript[];
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** In flight for longer than `longRunningMs`. */
  readonly longRunning: number;
  /** The ten that are in flight for longest, oldest first. */
  readonly oldest: readonly LiveSummary[];
  /** Sleeps and pauses that wait. */
  readonly timers: number;
  /** Requests that are being looked up: is it a repetition? */
  readonly lookups: number;
  /** Checkpoints on their way into the store. */
  readonly checkpointsUnderWay: number;
  /** Instances of dead nodes that this one has gone on with since its start. */
  readonly tookOver: number;
  /** How long it may still run without renewing its lease, ms; undefined without leases. */
  readonly leaseLeftMs: number | undefined;
  /** The peer is dead, and is not taken over by itself, because it has acknowledged what its copies here lack. */
  readonly refusedTakeOver: RefusedTakeOver | undefined;
  /** Those of this life, at most 1000. */
  readonly quarantine: readonly Quarantined[];
  /** Undefined when nothing is sent to a peer. */
  readonly replication: ReplicationStatus | undefined;
  readonly statistics: NodeStatistics;
}
