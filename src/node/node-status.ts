/** What a node tells about itself, read from its parts. */
import type { Admission } from './admission.ts';
import type { CheckpointWriter } from './checkpoint-writer.ts';
import type { InstanceTable } from './instance-table.ts';
import type { NodeState, NodeStatus } from './node-options.ts';
import type { Recovery } from './recovery.ts';
import type { Replication } from './replication/replication.ts';
import type { Requests } from './requests.ts';
import type { ScriptDirectory } from './script-directory.ts';
import type { StatisticsBook } from './statistics.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface NodeParts {
  readonly id: string;
  readonly state: NodeState;
  /** ms since the epoch */
  readonly now: number;
  /** In flight for longer counts as long-running. */
  readonly longRunningMs: number;
  readonly scripts: ScriptDirectory | undefined;
  readonly admission: Admission;
  readonly table: InstanceTable;
  readonly timers: TimerQueue;
  readonly requests: Requests;
  readonly writer: CheckpointWriter;
  readonly recovery: Recovery;
  readonly replication: Replication | undefined;
  readonly statistics: StatisticsBook;
}

export function describeNode(parts: NodeParts): NodeStatus {
  const { id, state, scripts, admission, table } = parts;
  for (const { name } of scripts?.served ?? []) parts.statistics.know(name);
  return {
    id,
    state,
    scripts: (scripts?.served ?? []).map(({ name, subject, file, code }) => {
      return { name, subject, file, hash: code.hash };
    }),
    refused: scripts?.refused ?? [],
    inFlight: admission.inFlight,
    maxInFlight: admission.limit,
    longRunning: table.olderThan(parts.now - parts.longRunningMs),
    oldest: table.oldest(),
    timers: parts.timers.size,
    lookups: parts.requests.waiting,
    checkpointsUnderWay: parts.writer.underWay,
    leaseLeftMs: parts.replication?.leaseLeftMs,
    tookOver: parts.replication?.takeOver.running ?? 0,
    refusedTakeOver: parts.replication?.refusedTakeOver,
    quarantine: [...parts.recovery.quarantine],
    replication: parts.replication?.status,
    statistics: parts.statistics.read(),
  };
}
