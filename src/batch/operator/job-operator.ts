/** Starts, stops and looks at jobs: the job operator of Jakarta Batch 2.1 (section 10.9), with what a team needs besides. */
import { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import {
  JobExecutionAlreadyCompleteError,
  JobExecutionIsRunningError,
  JobExecutionNotMostRecentError,
  JobExecutionNotRunningError,
  JobRestartError,
  NoSuchJobError,
  NoSuchJobExecutionError,
  NoSuchJobInstanceError,
} from '../batch-error.ts';
import type { JobDefinition } from '../definition/job-definition.ts';
import { resolveJob } from '../definition/resolve-job.ts';
import type { Properties, ResolvedJob } from '../definition/resolved-job.ts';
import type { BatchObserver } from '../engine/batch-observer.ts';
import type { BatchEnvironment } from '../engine/batch-environment.ts';
import { processEnvironment } from '../engine/process-environment.ts';
import type { PartitionNodes } from '../nodes/partition-nodes.ts';
import { refuseStartWhileLoading } from '../workers/loading-job.ts';
import type {
  BatchStatus,
  JobExecution,
  JobInstance,
  JobRepository,
  PartitionExecution,
  StepExecution,
} from '../repository/job-repository.ts';
import { MemoryJobRepository } from '../repository/memory.ts';
import type { TransactionResource } from '../transaction/transaction-resource.ts';
import { identityOf } from './identity.ts';
import { RUNNING } from '../repository/restart-rule.ts';
import { type InstanceStart, LiveRuns } from './live-runs.ts';
import type { StepProgress } from './step-progress.ts';

export interface JobOperatorOptions {
  /** Default: in memory, gone with the process. */
  readonly repository?: JobRepository;
  readonly jobs?: readonly JobDefinition[];
  /** What names in job definitions stand for. */
  readonly registry?: ArtifactRegistry;
  /** For `#{systemProperties['...']}`. */
  readonly systemProperties?: Properties;
  /** Default: the real world. */
  readonly environment?: BatchEnvironment;
  /** How long an execution belongs to a process that is not heard of, ms; default 30 s. It is renewed three times as often. */
  readonly leaseMs?: number;
  /** Databases of transactional writers, so that `purge` can remove the records of chunks there too. */
  readonly resources?: readonly TransactionResource[];
  readonly observer?: BatchObserver;
  /** Other processes that run partitions of steps that say so (`nodes`); `waymark serve` has them. */
  readonly nodes?: PartitionNodes;
}

export interface StartOptions {
  /**
   * Starts with the same values of these parameters (`true`: of all) are the same instance: what has failed goes on, what has completed is refused.
   * Default: every start is an instance of its own, as in Jakarta Batch.
   */
  readonly identity?: boolean | readonly string[];
}

export class JobOperator {
  readonly repository: JobRepository;
  readonly registry: ArtifactRegistry;
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #systemProperties: Properties;
  readonly #environment: BatchEnvironment;
  readonly #leaseMs: number;
  readonly #resources: readonly TransactionResource[];
  readonly #runs: LiveRuns;

  constructor(options: JobOperatorOptions = {}) {
    this.repository = options.repository ?? new MemoryJobRepository();
    this.registry = options.registry ?? new ArtifactRegistry();
    this.#systemProperties = options.systemProperties ?? {};
    this.#environment = options.environment ?? processEnvironment;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#resources = options.resources ?? [];
    this.#runs = new LiveRuns(
      this.repository,
      this.#environment,
      this.registry,
      this.#leaseMs,
      options.observer,
      options.nodes,
    );
    for (const definition of options.jobs ?? []) this.define(definition);
  }

  /** Makes a job known, or replaces one of the same name; executions that run keep what they began with. */
  define(definition: JobDefinition): this {
    this.#definitions.set(definition.id, definition);
    return this;
  }

  /**
   * Starts a job; it runs on after this has returned.
   * @param job Its name, or the job itself, which is defined by that.
   * @returns the id of the execution
   * @throws NoSuchJobError; JobStartError if anything is wrong with the definition: nothing has run then. With `identity` also
   *   JobExecutionAlreadyCompleteError and JobExecutionIsRunningError.
   */
  async start(
    job: string | JobDefinition,
    parameters: Properties = {},
    options: StartOptions = {},
  ): Promise<number> {
    if (typeof job !== 'string') this.define(job);
    const name = typeof job === 'string' ? job : job.id;
    const resolved = this.#resolve(name, parameters);
    return this.#run(resolved, {
      instanceId: undefined,
      identity: identityOf(parameters, options.identity ?? false),
      parameters,
    });
  }

  /**
   * Goes on with the instance of an execution that has FAILED or STOPPED, from the last checkpoint. An execution whose process is dead counts as FAILED
   * when its lease has run out.
   * @param parameters Those of before are not remembered.
   * @throws NoSuchJobExecutionError, JobExecutionNotMostRecentError, JobExecutionAlreadyCompleteError, JobExecutionIsRunningError, JobRestartError,
   *   JobStartError
   */
  async restart(executionId: number, parameters: Properties = {}): Promise<number> {
    const execution = await this.#execution(executionId);
    const newest = (await this.repository.executions(execution.instanceId)).at(-1)!;
    if (newest.id !== executionId) throw new JobExecutionNotMostRecentError(executionId, newest.id);
    const what = `Job execution ${executionId}`;
    if (execution.batchStatus === 'COMPLETED') throw new JobExecutionAlreadyCompleteError(what);
    if (execution.batchStatus === 'ABANDONED') throw new JobRestartError(what, 'it was abandoned');
    const resolved = this.#resolve(execution.jobName, parameters);
    return this.#run(resolved, { instanceId: execution.instanceId, identity: undefined, parameters });
  }

  /**
   * Asks an execution to stop, wherever it runs: steps finish the item at hand, write and checkpoint what they have, and the job ends as STOPPED.
   * @throws NoSuchJobExecutionError, JobExecutionNotRunningError
   */
  async stop(executionId: number): Promise<void> {
    const execution = await this.#execution(executionId);
    if (!RUNNING.includes(execution.batchStatus))
      throw new JobExecutionNotRunningError(executionId, execution.batchStatus);
    await this.repository.requestStop(executionId, this.#environment.wallClock());
    this.#runs.stop(executionId);
  }

  /** @throws NoSuchJobExecutionError, JobExecutionIsRunningError */
  async abandon(executionId: number): Promise<void> {
    const execution = await this.#execution(executionId);
    if (RUNNING.includes(execution.batchStatus))
      throw new JobExecutionIsRunningError(executionId, execution.lease?.owner);
    await this.repository.abandon(executionId, this.#environment.wallClock());
  }

  /**
   * Resolves when an execution of this process has ended; at once if it had ended before.
   * @throws LostLeaseError, or what the job repository has thrown, if it could not write its last word
   */
  async finished(executionId: number): Promise<JobExecution> {
    await this.#runs.ended(executionId);
    return this.getJobExecution(executionId);
  }

  /** The steps that run now, up to the item, of an execution of this process; undefined for any other. Looking costs the job nothing. */
  getProgress(executionId: number): readonly StepProgress[] | undefined {
    return this.#runs.progress(executionId);
  }

  /** Of all jobs that are defined or have instances. */
  async getJobNames(): Promise<readonly string[]> {
    const names = new Set([...this.#definitions.keys(), ...(await this.repository.jobNames())]);
    return [...names].toSorted();
  }

  /** @throws NoSuchJobError */
  async getJobInstanceCount(jobName: string): Promise<number> {
    await this.#checkName(jobName);
    return this.repository.instanceCount(jobName);
  }

  /** Newest first. @throws NoSuchJobError */
  async getJobInstances(jobName: string, start: number, count: number): Promise<readonly JobInstance[]> {
    await this.#checkName(jobName);
    return this.repository.instances(jobName, start, count);
  }

  /** Ids. @throws NoSuchJobError */
  async getRunningExecutions(jobName: string): Promise<readonly number[]> {
    await this.#checkName(jobName);
    return (await this.repository.runningExecutions(jobName)).map(({ id }) => id);
  }

  /** @throws NoSuchJobExecutionError */
  async getParameters(executionId: number): Promise<Properties> {
    return (await this.#execution(executionId)).parameters;
  }

  /** @throws NoSuchJobExecutionError */
  async getJobInstance(executionId: number): Promise<JobInstance> {
    const { instanceId } = await this.#execution(executionId);
    const instance = await this.repository.instance(instanceId);
    if (instance === undefined) throw new NoSuchJobInstanceError(instanceId);
    return instance;
  }

  /** Oldest first. @throws NoSuchJobInstanceError */
  async getJobExecutions(instance: JobInstance | number): Promise<readonly JobExecution[]> {
    const id = typeof instance === 'number' ? instance : instance.id;
    if ((await this.repository.instance(id)) === undefined) throw new NoSuchJobInstanceError(id);
    return (await this.repository.executions(id)).map(shownStatus);
  }

  /** @throws NoSuchJobExecutionError */
  async getJobExecution(executionId: number): Promise<JobExecution> {
    return shownStatus(await this.#execution(executionId));
  }

  /** In the order of their starts; counts of those that run are a few seconds old. @throws NoSuchJobExecutionError */
  async getStepExecutions(executionId: number): Promise<readonly StepExecution[]> {
    await this.#execution(executionId);
    return this.repository.stepExecutions(executionId);
  }

  async getPartitionExecutions(stepExecutionId: number): Promise<readonly PartitionExecution[]> {
    return this.repository.partitions(stepExecutionId);
  }

  /** Marks executions whose process is dead (their lease has run out) as FAILED, so that they can be restarted. @returns their ids */
  async recover(): Promise<readonly number[]> {
    return this.repository.failAbandonedRuns(this.#environment.wallClock());
  }

  /**
   * Removes instances that ended before a time, with everything that is kept about them.
   * @param options `before` in milliseconds since the epoch; `statuses`: default COMPLETED and ABANDONED.
   * @returns how many
   */
  async purge(options: {
    readonly jobName?: string;
    readonly before: number;
    readonly statuses?: readonly BatchStatus[];
  }): Promise<number> {
    const { jobName, before, statuses = ['COMPLETED', 'ABANDONED'] } = options;
    const purged = await this.repository.purge({
      before,
      statuses,
      ...(jobName === undefined ? {} : { jobName }),
    });
    const repositoryId = this.repository.id;
    for (const { id } of purged)
      for (const resource of this.#resources)
        await resource.dropRecords({ repositoryId, instanceId: id, fence: Number.MAX_SAFE_INTEGER });
    return purged.length;
  }

  /** Stops what runs in this process and waits for it. */
  async close(): Promise<void> {
    await this.#runs.close();
  }

  #resolve(jobName: string, parameters: Properties): ResolvedJob {
    const definition = this.#definitions.get(jobName);
    if (definition === undefined) throw new NoSuchJobError(jobName);
    const systemProperties = this.#systemProperties;
    return resolveJob(definition, { parameters, systemProperties, registry: this.registry });
  }

  async #run(job: ResolvedJob, start: InstanceStart): Promise<number> {
    refuseStartWhileLoading();
    if (!job.restartable && start.instanceId !== undefined)
      throw new JobRestartError(`Job ${JSON.stringify(job.id)}`, 'it is not restartable');
    return this.#runs.start(job, start);
  }

  async #checkName(jobName: string): Promise<void> {
    if (!(await this.getJobNames()).includes(jobName)) throw new NoSuchJobError(jobName);
  }

  async #execution(executionId: number): Promise<JobExecution> {
    const execution = await this.repository.execution(executionId);
    if (execution === undefined) throw new NoSuchJobExecutionError(executionId);
    return execution;
  }
}

/** An execution is STOPPING from the request on, whenever its owner hears of it. */
function shownStatus(execution: JobExecution): JobExecution {
  const stopping = execution.stopRequested && RUNNING.includes(execution.batchStatus);
  return stopping ? { ...execution, batchStatus: 'STOPPING' } : execution;
}
