/** Where the partitions of a step run. */
import { NodeLostError, OtherCodeError } from '../../batch-error.ts';
import type { PartitionNode } from '../../nodes/partition-nodes.ts';
import { ThreadLink } from '../../workers/thread-link.ts';
import { WorkerLane } from '../../workers/worker-lane.ts';
import type { OpenWorker } from '../../workers/worker-link.ts';
import type { ThreadStepContext } from '../contexts.ts';
import type { AnalyzerQueue } from './analyzer-queue.ts';
import { type PartitionOutcomeOfRun, type PartitionTurn, runPartition } from './partition-run.ts';
import type { Place } from './partition-schedule.ts';
import type { StepRun } from './step-run.ts';

/** What all places of a step share. */
export interface PlacesOfStep {
  readonly stepRun: StepRun;
  readonly queue: AnalyzerQueue;
  turnOf(turn: number): PartitionTurn;
  began(turn: number, thread: ThreadStepContext): void;
  ended(outcome: PartitionOutcomeOfRun): void;
  /** Whether another node may go on with it if its node is lost. */
  mayMove(turn: number): boolean;
  /** Its node has not run it to its end. */
  moves(turn: number, error: NodeLostError | OtherCodeError): void;
}

/** The thread of the job. */
export class ThisThread implements Place {
  readonly #step: PlacesOfStep;
  readonly #limit: number;
  #running = 0;

  constructor(step: PlacesOfStep, limit: number) {
    this.#step = step;
    this.#limit = limit;
  }

  isFree(): boolean {
    return this.#running < this.#limit;
  }

  async run(turn: number): Promise<'done'> {
    const { stepRun, queue } = this.#step;
    this.#running++;
    try {
      this.#step.ended(
        await runPartition(stepRun, this.#step.turnOf(turn), queue, (thread) =>
          this.#step.began(turn, thread),
        ),
      );
    } finally {
      this.#running--;
    }
    return 'done';
  }

  async idle(): Promise<void> {}
}

/** Worker threads of this process, or of another node, each with one partition at a time. Owns: those that stand ready for the next one. */
export class Workers implements Place {
  readonly #step: PlacesOfStep;
  readonly #limit: number;
  readonly #node: PartitionNode | undefined;
  readonly #open: OpenWorker;
  readonly #ready: WorkerLane[] = [];
  #running = 0;
  /** The node was lost, or has other code: it gets nothing more of this step. */
  #closed = false;

  constructor(step: PlacesOfStep, limit: number, node?: PartitionNode) {
    this.#step = step;
    this.#limit = limit;
    this.#node = node;
    this.#open = (setup, on) =>
      node?.open(setup, on) ?? new ThreadLink(step.stepRun.run.job.workerSource!, setup, on);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  isFree(): boolean {
    if (this.#closed || this.#running >= this.#limit) return false;
    return this.#node === undefined || this.#ready.length > 0 || this.#node.free > 0;
  }

  async run(turn: number): Promise<'done' | 'again'> {
    const { stepRun, queue } = this.#step;
    this.#running++;
    const lane = this.#ready.pop() ?? new WorkerLane(stepRun, queue, this.#open);
    try {
      const mayMove = this.#node !== undefined && this.#step.mayMove(turn);
      const began = (thread: ThreadStepContext): void => this.#step.began(turn, thread);
      this.#step.ended(await lane.run(this.#step.turnOf(turn), began, mayMove));
      this.#ready.push(lane);
      return 'done';
    } catch (error) {
      await lane.end();
      if (!(error instanceof NodeLostError || error instanceof OtherCodeError)) throw error;
      if (!(error instanceof NodeLostError && error.loss === 'full')) this.#closed = true;
      this.#step.moves(turn, error);
      return 'again';
    } finally {
      this.#running--;
    }
  }

  async idle(): Promise<void> {
    await Promise.all(this.#ready.splice(0).map((lane) => lane.end()));
  }
}
