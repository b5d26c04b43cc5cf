/**
 * The executions that run in this process.
 *
 * Owns: one stop switch and one promise per running execution. L1. An execution is listed from before its first step until its last write.
 */
import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import type { Properties, ResolvedJob } from '../definition/resolved-job.ts';
import type { BatchObserver } from '../engine/batch-observer.ts';
import type { BatchEnvironment } from '../engine/batch-environment.ts';
import { runJob } from '../engine/job-run.ts';
import type { RunContext } from '../engine/run-context.ts';
import { StopSwitch } from '../engine/stop-switch.ts';
import type { PartitionNodes } from '../nodes/partition-nodes.ts';
import { progressOf, type StepProgress } from './step-progress.ts';
import type { JobRepository } from '../repository/job-repository.ts';

/** Which instance an execution is of, and what it runs with. Without `instanceId`: a new one, or the one of the identity. */
export interface InstanceStart {
  readonly instanceId: number | undefined;
  readonly identity: string | undefined;
  readonly parameters: Properties;
}

interface LiveRun {
  readonly run: RunContext;
  readonly stop: StopSwitch;
  readonly ended: Promise<void>;
}

export class LiveRuns {
  readonly #repository: JobRepository;
  readonly #environment: BatchEnvironment;
  readonly #registry: ArtifactRegistry;
  readonly #leaseMs: number;
  readonly #observer: BatchObserver | undefined;
  readonly #nodes: PartitionNodes | undefined;
  readonly #runs = new Map<number, LiveRun>();
  /** Why runs have ended without a last word. */
  readonly #lost = new Map<number, unknown>();

  constructor(
    repository: JobRepository,
    environment: BatchEnvironment,
    registry: ArtifactRegistry,
    leaseMs: number,
    observer?: BatchObserver,
    nodes?: PartitionNodes,
  ) {
    this.#nodes = nodes;
    this.#observer = observer;
    this.#repository = repository;
    this.#environment = environment;
    this.#registry = registry;
    this.#leaseMs = leaseMs;
  }

  /** @returns the id of the execution */
  async start(job: ResolvedJob, start: InstanceStart): Promise<number> {
    const { owner } = this.#environment;
    const at = this.#environment.wallClock();
    const { instance, execution } = await this.#repository.startExecution({
      jobName: job.id,
      ...start,
      owner,
      at,
      leaseUntil: at + this.#leaseMs,
    });
    const before = (await this.#repository.executions(instance.id)).filter(({ id }) => id !== execution.id);
    const history = [...(await this.#repository.stepExecutionsOfInstance(instance.id))];
    const stop = new StopSwitch();
    const run: RunContext = {
      job,
      repository: this.#repository,
      environment: this.#environment,
      exceptions: this.#registry.exceptions,
      stop,
      observer: this.#observer,
      state: {
        jobName: job.id,
        instanceId: instance.id,
        executionId: execution.id,
        properties: job.properties,
        parameters: start.parameters,
        batchStatus: 'STARTING',
        exitStatus: null,
      },
      fence: execution.lease!.fence,
      nodes: this.#nodes,
      history,
      liveSteps: new Set(),
      restartAt: undefined,
      failure: undefined,
    };
    const ended = this.#perform(run, before.at(-1)?.restartAt);
    this.#runs.set(execution.id, { run, stop, ended });
    return execution.id;
  }

  stop(executionId: number): void {
    this.#runs.get(executionId)?.stop.stop();
  }

  /**
   * Resolves when the execution has written its last word; at once if it does not run here.
   * @throws LostLeaseError, or what the job repository has thrown: then it could not write one
   */
  async ended(executionId: number): Promise<void> {
    await this.#runs.get(executionId)?.ended;
    if (this.#lost.has(executionId)) throw this.#lost.get(executionId);
  }

  /** Undefined: it does not run here. */
  progress(executionId: number): readonly StepProgress[] | undefined {
    const live = this.#runs.get(executionId);
    return live && [...live.run.liveSteps].map(progressOf);
  }

  async close(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const { stop } of runs) stop.stop();
    await Promise.all(runs.map(({ ended }) => ended));
  }

  async #perform(run: RunContext, restartAt: string | undefined): Promise<void> {
    // The caller has the id before anything runs.
    await this.#environment.breathe();
    try {
      await runJob(run, restartAt, this.#leaseMs);
    } catch (error) {
      // Nothing can be written. The lease runs out, and then the execution counts as failed.
      this.#lost.set(run.state.executionId, error);
    } finally {
      this.#runs.delete(run.state.executionId);
    }
  }
}
