/** Checkpoints, their copies on the peer, and the store. */
import { counter, durations, gauge, type Line, type Metric, stateSet, WAITING, WORK } from './metric.ts';
import type { NodeSample } from './node-sample.ts';

const REPLICATION_STATES = ['connecting', 'catching-up', 'in-step', 'alone', 'taken-over', 'closed'];

export const CHECKPOINT_METRICS: readonly Metric[] = [
  counter(
    'waymark_checkpoints_total',
    'Checkpoints made durable.',
    ({ node }) => node?.statistics.checkpoints,
  ),
  counter(
    'waymark_checkpoint_bytes_total',
    'Bytes of all checkpoints made durable.',
    ({ node }) => node?.statistics.checkpointBytes,
  ),
  counter(
    'waymark_checkpoint_failures_total',
    'Checkpoints that the store refused after all tries: checkpoint() rejected.',
    ({ node }) => node?.statistics.checkpointFailures,
  ),
  gauge(
    'waymark_checkpoints_under_way',
    'Checkpoints on their way into the store and to the peer.',
    ({ node }) => node?.checkpointsUnderWay,
  ),
  durations(
    'waymark_checkpoint_seconds',
    'From a snapshot until it is durable, here and (policy sync, in step) at the peer.',
    WAITING,
    ({ node }) => node?.statistics.checkpointLatency,
  ),
  durations(
    'waymark_checkpoint_capture_seconds',
    'Making a snapshot of an instance. The event loop does nothing else meanwhile.',
    WORK,
    ({ node }) => node?.statistics.captureLatency,
  ),
  durations(
    'waymark_checkpoint_local_seconds',
    "From a snapshot until it is durable in this node's store.",
    WAITING,
    ({ node }) => node?.statistics.localWriteLatency,
  ),
  durations(
    'waymark_checkpoint_peer_seconds',
    'How much longer a checkpoint waited for the peer than for the own store. Nothing without a peer.',
    WAITING,
    ({ node }) => node?.statistics.peerWriteLatency,
  ),
  stateSet(
    'waymark_replication_state',
    'How it stands with the copies on the peer: 1 for the state, 0 for the others. Nothing without a peer.',
    REPLICATION_STATES,
    ({ node }) => node?.replication?.state,
  ),
  gauge(
    'waymark_replication_degraded',
    '1 when new checkpoints are on one disk only, because the peer is not in step. Nothing without a peer.',
    ({ node }) => node?.replication && Number(node.replication.state !== 'in-step'),
  ),
  gauge(
    'waymark_replication_state_since_seconds',
    'When the state of the replication began, seconds since the epoch.',
    ({ node }) => node?.replication && node.replication.since / 1000,
  ),
  gauge(
    'waymark_replication_waiting',
    "Changes that wait for the peer's acknowledgement.",
    ({ node }) => node?.replication?.waiting,
  ),
  gauge(
    'waymark_replication_waiting_bytes',
    "Bytes of the changes that wait for the peer's acknowledgement.",
    ({ node }) => node?.replication?.waitingBytes,
  ),
  gauge(
    'waymark_replication_lag_seconds',
    'Age of the oldest change that waits for the peer. 0 also when nothing is sent to it: see waymark_replication_degraded.',
    ({ node }) => node?.replication && node.replication.lagMs / 1000,
  ),
  gauge(
    'waymark_lease_left_seconds',
    'How long the node may still run unless it renews its lease; 0 without the lease. Nothing without --take-over.',
    ({ node }) => (node?.leaseLeftMs === undefined ? undefined : node.leaseLeftMs / 1000),
  ),
  gauge(
    'waymark_take_over_refused',
    '1 while the peer is dead and not taken over, because it has acknowledged what its copies here lack. Nothing without a peer, 0 without --take-over.',
    ({ node }) => node?.replication && Number(node.refusedTakeOver !== undefined),
  ),
  gauge(
    'waymark_store_waiting',
    'Writes that wait for their commit and reads that wait for their answer, in the store of this node.',
    ({ store }) => store?.waiting,
  ),
  counter(
    'waymark_store_operations_total',
    'Writing operations committed.',
    ({ store }) => store?.operations,
  ),
  counter('waymark_store_transactions_total', 'Transactions committed.', ({ store }) => store?.transactions),
  counter('waymark_store_rows_total', 'Rows written.', ({ store }) => store?.rows),
  counter(
    'waymark_store_log_copies_total',
    'Times that the write-ahead log was copied into the database file.',
    ({ store }) => store?.walCheckpoints,
  ),
  {
    name: 'waymark_store_group_size',
    type: 'histogram',
    help: 'Operations that shared one transaction and one flush to disk.',
    labels: [],
    read: groupLines,
  },
  gauge(
    'waymark_store_instances',
    'Instances in the store that run or have failed.',
    ({ store }) => store?.liveInstances,
  ),
  gauge(
    'waymark_store_slots',
    'Places for such instances in the files, free ones included.',
    ({ store }) => store?.slots,
  ),
  gauge(
    'waymark_results_kept',
    'Results kept for repeated requests (--keep-results). A bound: gaps between them count.',
    ({ store }) => store?.results,
  ),
];

function groupLines({ store }: NodeSample): Line[] {
  if (store === undefined) return [];
  const { count, sum, atMost } = store.groups;
  const bounds = atMost.slice(0, -1).map((value, doubling) => ({ le: String(2 ** doubling), value }));
  return [
    ...[...bounds, { le: '+Inf', value: count }].map(({ le, value }) => ({
      suffix: '_bucket',
      labels: { le },
      value,
    })),
    { suffix: '_sum', labels: {}, value: sum },
    { suffix: '_count', labels: {}, value: count },
  ];
}
