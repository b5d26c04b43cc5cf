/** Spreads the partitions of a step over this thread, worker threads and other nodes; those of a node that is lost go on elsewhere. */
import { NodeLostError } from '../../batch-error.ts';
import type { ResolvedPartitioning } from '../../definition/resolved-job.ts';
import type { PartitionNode } from '../../nodes/partition-nodes.ts';
import type { ThreadStepContext } from '../contexts.ts';
import type { AnalyzerQueue } from './analyzer-queue.ts';
import type { PartitionOutcomeOfRun, PartitionTurn } from './partition-run.ts';
import { type PlacesOfStep, ThisThread, Workers } from './partition-places.ts';
import { PartitionSchedule, type Place } from './partition-schedule.ts';
import type { StepRun } from './step-run.ts';

/** A partition that has lost so many nodes may be what ends them. */
const MOST_NODES_LOST = 5;

export interface Spread {
  readonly turns: readonly Omit<PartitionTurn, 'attempt'>[];
  /** One per turn; replaced when its run begins. */
  readonly threads: ThreadStepContext[];
  readonly partitioning: ResolvedPartitioning;
  readonly atOnce: number;
}

/** @throws LostLeaseError, and what the job repository throws */
export async function spreadPartitions(
  stepRun: StepRun,
  queue: AnalyzerQueue,
  { turns, threads, partitioning, atOnce }: Spread,
): Promise<readonly PartitionOutcomeOfRun[]> {
  const { run, step } = stepRun;
  const outcomes: PartitionOutcomeOfRun[] = [];
  const attempts = turns.map(() => 0);
  const lost = turns.map(() => 0);
  const shared: PlacesOfStep = {
    stepRun,
    queue,
    turnOf: (turn) => ({ ...turns[turn]!, attempt: attempts[turn]! }),
    began: (turn, thread) => void (threads[turn] = thread),
    ended: (outcome) => void outcomes.push(outcome),
    mayMove: (turn) => lost[turn]! < MOST_NODES_LOST - 1,
    moves(turn, error) {
      attempts[turn]!++;
      const { jobName } = run.state;
      const { index: partition } = turns[turn]!.partition;
      if (!(error instanceof NodeLostError)) run.nodes?.report({ kind: 'refused', jobName, error });
      else if (error.loss !== 'full') {
        if (error.loss !== 'left') lost[turn]!++;
        run.nodes?.report({ kind: 'moved', jobName, stepName: step.id, partition, error });
      }
    },
  };
  const { workers } = partitioning;
  const nodes = partitioning.nodes > 1 ? run.nodes : undefined;
  const here =
    workers > 0 ? new Workers(shared, workers) : new ThisThread(shared, nodes?.capacity ?? Infinity);
  const elsewhere = new Map<PartitionNode, Workers>();
  const places = (): readonly Place[] => {
    for (const node of nodes?.nodesFor(run.state.jobName) ?? []) {
      const others = [...elsewhere.values()].filter(({ isClosed }) => !isClosed).length;
      if (!elsewhere.has(node) && others < partitioning.nodes - 1)
        elsewhere.set(node, new Workers(shared, workers || Infinity, node));
    }
    return [here, ...elsewhere.values()];
  };
  // What is not to begin any more needs no worker to say so.
  const refusing = new ThisThread(shared, Infinity);
  const schedule = new PartitionSchedule({
    turns: turns.length,
    atOnce,
    places,
    instead: () => (run.stop.requested ? refusing : undefined),
  });
  const fill = (): void => schedule.fill();
  const ignore = nodes?.onChange(fill);
  run.stop.signal.addEventListener('abort', fill);
  try {
    await schedule.run();
  } finally {
    ignore?.();
    run.stop.signal.removeEventListener('abort', fill);
  }
  return outcomes;
}
