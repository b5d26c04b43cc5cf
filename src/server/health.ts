/** Whether a node lives, and whether it serves. */
import type { NodeStatus } from '../node/node.ts';
import type { NatsSample } from './metrics/node-sample.ts';

export interface Health {
  /** False: the process should be ended and started again. */
  readonly live: boolean;
  /** True: recovered and serving. */
  readonly ready: boolean;
  readonly state: NodeStatus['state'] | 'starting';
  /** Whether the peer has every checkpoint of this node; undefined when nothing is sent to a peer. No part of `ready`. */
  readonly inStep: boolean | undefined;
  /** Why it is not ready; empty when it is. */
  readonly why: readonly string[];
  /** What a person should look at although it is ready. */
  readonly warnings: readonly string[];
  readonly recovered: number;
  readonly quarantined: number;
  readonly inFlight: number;
}

const WHY: Readonly<Record<Health['state'], string | undefined>> = {
  starting:
    'the node is being opened: it may wait for its lease (--take-over), or with a new disk for its peer',
  recovering: 'unfinished instances are being restored',
  serving: undefined,
  stopping: 'the node was asked to stop',
  stopped: 'the node has stopped',
  dead: 'the store died, the lease was lost, or another node runs the instances of this one: the process has to start again',
};

export function healthOf(node: NodeStatus | undefined, nats: NatsSample | undefined): Health {
  const state = node?.state ?? 'starting';
  const why: string[] = [];
  const reason = WHY[state];
  if (reason !== undefined) why.push(reason);
  if (nats && nats.state !== 'connected') {
    const because = nats.reason === undefined ? '' : `: ${nats.reason}`;
    why.push(`there is no connection to NATS${because}`);
  }
  return {
    live: state !== 'dead',
    ready: why.length === 0,
    state,
    inStep: node?.replication && node.replication.state === 'in-step',
    why,
    warnings: warningsOf(node),
    recovered: node?.statistics.recovered ?? 0,
    quarantined: node?.statistics.quarantined ?? 0,
    inFlight: node?.inFlight ?? 0,
  };
}

function warningsOf(node: NodeStatus | undefined): string[] {
  if (node === undefined) return [];
  const { replication, refusedTakeOver, refused, statistics } = node;
  const warnings: string[] = [];
  if (replication && replication.state !== 'in-step') {
    const because = replication.reason === undefined ? '' : `: ${replication.reason}`;
    warnings.push(`checkpoints are on one disk only; ${replication.peer} is ${replication.state}${because}`);
  }
  if (refusedTakeOver) {
    const since = new Date(refusedTakeOver.aloneSince).toISOString();
    warnings.push(
      `${refusedTakeOver.node} is dead and not taken over: it was alone since ${since}; start it again (WM7018)`,
    );
  }
  for (const { file } of refused) warnings.push(`script ${file} is refused`);
  if (statistics.quarantined > 0) warnings.push(`${statistics.quarantined} instances could not be restored`);
  return warnings;
}
