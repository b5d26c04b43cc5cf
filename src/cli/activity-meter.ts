import type { NodeStatus } from '../node/node.ts';
import type { Activity } from './serve-report.ts';

const COUNTERS = ['started', 'completed', 'failed', 'checkpoints', 'rejected'] as const;

/** Turns counters that only grow into what happened since the last look. */
export class ActivityMeter {
  #before: Readonly<Record<(typeof COUNTERS)[number], number>> = {
    started: 0,
    completed: 0,
    failed: 0,
    checkpoints: 0,
    rejected: 0,
  };

  /** Undefined when nothing has happened. */
  since({ statistics, inFlight }: Pick<NodeStatus, 'statistics' | 'inFlight'>): Activity | undefined {
    const before = this.#before;
    if (COUNTERS.every((counter) => statistics[counter] === before[counter])) return undefined;
    this.#before = statistics;
    return {
      started: statistics.started - before.started,
      completed: statistics.completed - before.completed,
      failed: statistics.failed - before.failed,
      checkpoints: statistics.checkpoints - before.checkpoints,
      rejected: statistics.rejected - before.rejected,
      inFlight,
    };
  }
}
