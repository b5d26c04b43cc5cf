/**
 * The jobs of a node: runs them, and lets those go on that an earlier process of the same repository has left.
 *
 * Owns: the job operator and its repository (jobs.db of the data folder, or a database), its part in the partitions of other nodes, and the file with the
 * executions that a graceful stop has stopped.
 * 1. What this kind of process has begun and what has crashed is restarted when its lease has run out: at most once at a time, by one of the
 *    nodes that share the repository.
 * 2. What a graceful stop has stopped goes on with the next start; what somebody has stopped stays stopped.
 * 3. Executions of other processes (`waymark job start` with the same data folder) are left alone.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ArtifactRegistry } from '../../batch/artifacts/artifact-registry.ts';
import {
  JobExecutionAlreadyCompleteError,
  JobExecutionIsRunningError,
  JobExecutionNotMostRecentError,
} from '../../batch/batch-error.ts';
import type { JobDefinition } from '../../batch/definition/job-definition.ts';
import { workerSourceOf } from '../../batch/definition/worker-source.ts';
import { processEnvironment } from '../../batch/engine/process-environment.ts';
import { ClusterMember } from '../../batch/nodes/cluster-member.ts';
import type { ServedCode } from '../../batch/nodes/hosted-worker.ts';
import type { PartitionEvent } from '../../batch/nodes/partition-nodes.ts';
import { JobOperator } from '../../batch/operator/job-operator.ts';
import type { StepProgress } from '../../batch/operator/step-progress.ts';
import type { JobExecution, JobRepository } from '../../batch/repository/job-repository.ts';
import { openDatabaseRepository, openFolderRepository } from '../../batch/repository/open-job-repository.ts';
import { RUNNING } from '../../batch/repository/restart-rule.ts';
import { codeHashOf } from '../../batch/workers/code-hash.ts';
import type { Transport } from '../../transport/transport.ts';
import type { JobsSample } from '../metrics/node-sample.ts';
import { JobStatistics } from './job-statistics.ts';
import { StoppedExecutions } from './stopped-executions.ts';

export interface JobHostOptions {
  /** Data folder. */
  readonly folder: string;
  /** Address of a database with the job repository, in place of the data folder: nodes that share it let each other's jobs go on. */
  readonly repository?: string | undefined;
  readonly jobs: readonly JobDefinition[];
  readonly registry: ArtifactRegistry;
  /** Default 10 s. */
  readonly leaseMs?: number;
  /** How to share partitions with other nodes; undefined: not at all. */
  readonly cluster?: JobCluster | undefined;
  /** `restarted`: it goes on after a crash or a graceful stop. */
  readonly onEvent: (event: JobEvent) => void;
}

export interface JobCluster {
  readonly transport: Transport;
  readonly prefix: string | undefined;
  /** For people. */
  readonly nodeName: string;
  /** Partitions of other nodes that run here at the same time. */
  readonly capacity: number;
}

export type JobEvent =
  | { readonly kind: 'started' | 'restarted' | 'ended'; readonly execution: JobExecution }
  | { readonly kind: 'problem'; readonly jobName: string | undefined; readonly error: unknown }
  | PartitionEvent;

/** What is asked of a node: over the transport, and by the command line. */
export interface JobRequest {
  readonly job: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly identity?: boolean | readonly string[];
}

const OWNER = 'waymark serve on';
const LOOK_EVERY_MS = 1000;
const LEASE_MS = 10_000;

export class JobHost {
  readonly repository: JobRepository;
  readonly #options: JobHostOptions;
  readonly #operator: JobOperator;
  readonly #member: ClusterMember | undefined;
  readonly #statistics: JobStatistics;
  readonly #stopped: StoppedExecutions;
  readonly #live = new Map<number, Promise<JobExecution | undefined>>();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    options: JobHostOptions,
    repository: JobRepository,
    member: ClusterMember | undefined,
    statistics: JobStatistics,
  ) {
    this.#statistics = statistics;
    this.#stopped = new StoppedExecutions(options.folder);
    this.repository = repository;
    this.#member = member;
    this.#options = options;
    for (const { id } of options.jobs) this.#statistics.known(id);
    this.#operator = new JobOperator({
      repository,
      registry: options.registry,
      jobs: options.jobs,
      leaseMs: options.leaseMs ?? LEASE_MS,
      observer: this.#statistics,
      ...(member === undefined ? {} : { nodes: member }),
      environment: { ...processEnvironment, owner: `${OWNER} ${hostname()}, process ${process.pid}` },
    });
  }

  /** Runs nothing yet. */
  static async open(options: JobHostOptions): Promise<JobHost> {
    const statistics = new JobStatistics();
    const member = await joinCluster(options, statistics);
    return new JobHost(options, await openRepository(options), member, statistics);
  }

  get jobNames(): readonly string[] {
    return this.#options.jobs.map(({ id }) => id);
  }

  /** From now on, what earlier processes have left goes on. @returns how many have at once */
  async recover(): Promise<number> {
    const before = this.#live.size;
    await this.#goOnWithStopped();
    await this.#goOnWithCrashed();
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#goOnWithCrashed());
    }, LOOK_EVERY_MS);
    return this.#live.size - before;
  }

  /** @throws as `JobOperator.start` */
  async start({ job, parameters = {}, identity = false }: JobRequest): Promise<JobExecution> {
    const execution = await this.#begun(await this.#operator.start(job, parameters, { identity }));
    this.#options.onEvent({ kind: 'started', execution });
    return execution;
  }

  /** Undefined if it does not run here. */
  progress(executionId: number): readonly StepProgress[] | undefined {
    return this.#operator.getProgress(executionId);
  }

  /** Resolves when an execution of this process has ended. Undefined: without a last word. */
  async ended(executionId: number): Promise<JobExecution | undefined> {
    return this.#live.get(executionId);
  }

  sample(): JobsSample {
    return this.#statistics.sample(this.#member?.hosted ?? 0);
  }

  /**
   * Stops what runs at its next checkpoint, to go on with the next start.
   * @param limitMs What has not stopped then is left behind: it goes on after its lease, like after a crash.
   * @returns how many have stopped, and how many are left behind
   */
  async close(limitMs: number): Promise<{ readonly stopped: number; readonly left: number }> {
    clearInterval(this.#timer);
    await this.#looking;
    const running = [...this.#live.keys()];
    if (running.length > 0)
      await this.#stopped.add(running).catch((error: unknown) => {
        this.#options.onEvent({ kind: 'problem', jobName: undefined, error });
      });
    const leaving = this.#member?.leave(limitMs);
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), limitMs);
    // Whoever follows one reads its end.
    const closed = this.#operator.close().then(async () => {
      await Promise.all(this.#live.values());
      return 'closed' as const;
    });
    const how = await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    await leaving;
    await this.#member?.close();
    const left = this.#live.size;
    if (how === 'closed') await this.repository.close();
    return { stopped: running.length - left, left };
  }

  async #begun(executionId: number): Promise<JobExecution> {
    const execution = await this.#operator.getJobExecution(executionId);
    const { jobName } = execution;
    this.#statistics.started(jobName);
    this.#live.set(executionId, this.#followed(execution));
    return execution;
  }

  async #followed({ id, jobName }: JobExecution): Promise<JobExecution | undefined> {
    let execution: JobExecution | undefined;
    try {
      execution = await this.#operator.finished(id);
      this.#options.onEvent({ kind: 'ended', execution });
    } catch (error) {
      this.#options.onEvent({ kind: 'problem', jobName, error });
    }
    this.#live.delete(id);
    this.#statistics.ended(jobName, execution?.batchStatus);
    return execution;
  }

  async #goOnWithCrashed(): Promise<void> {
    const now = Date.now();
    for (const jobName of this.jobNames) {
      try {
        for (const execution of await this.repository.runningExecutions(jobName)) {
          const { id, lease } = execution;
          const isDead = lease !== undefined && lease.until < now && lease.owner.startsWith(OWNER);
          if (isDead && !this.#live.has(id)) await this.#restart(execution);
        }
      } catch (error) {
        this.#options.onEvent({ kind: 'problem', jobName, error });
      }
    }
  }

  async #goOnWithStopped(): Promise<void> {
    try {
      for (const id of await this.#stopped.read()) {
        const execution = await this.repository.execution(id);
        const isOurs = execution?.batchStatus === 'STOPPED' && !execution.stopRequested;
        if (isOurs && this.jobNames.includes(execution.jobName)) await this.#restart(execution);
      }
      await this.#stopped.clear();
    } catch (error) {
      this.#options.onEvent({ kind: 'problem', jobName: undefined, error });
    }
  }

  async #restart({ id, jobName, parameters, stopRequested }: JobExecution): Promise<void> {
    // Somebody has asked for a stop, and the process has died before it could.
    if (stopRequested) {
      await this.#operator.recover();
      return;
    }
    try {
      const execution = await this.#begun(await this.#operator.restart(id, parameters));
      this.#options.onEvent({ kind: 'restarted', execution });
    } catch (error) {
      if (!isOvertaken(error)) this.#options.onEvent({ kind: 'problem', jobName, error });
      const left = await this.repository.execution(id);
      // What cannot be restarted is not tried again every second.
      if (left !== undefined && RUNNING.includes(left.batchStatus)) await this.#operator.recover();
    }
  }
}

const openRepository = ({ repository, folder }: JobHostOptions): Promise<JobRepository> =>
  repository === undefined ? openFolderRepository(folder) : openDatabaseRepository(repository);

/** Another node was faster. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof JobExecutionIsRunningError ||
  error instanceof JobExecutionNotMostRecentError ||
  error instanceof JobExecutionAlreadyCompleteError;

async function joinCluster(
  { cluster, jobs, registry, leaseMs = LEASE_MS, onEvent }: JobHostOptions,
  statistics: JobStatistics,
): Promise<ClusterMember | undefined> {
  if (cluster === undefined) return undefined;
  const served = new Map<string, ServedCode>();
  for (const job of jobs) {
    const source = workerSourceOf(job, registry);
    if (source !== undefined) served.set(job.id, { source, codeHash: await codeHashOf(source) });
  }
  const { transport, prefix, nodeName, capacity } = cluster;
  return ClusterMember.open({
    transport,
    prefix,
    id: randomUUID(),
    name: nodeName,
    host: hostname(),
    capacity,
    // Before a job can go on elsewhere, its partitions on other nodes have ended.
    leaseMs: leaseMs / 2,
    environment: processEnvironment,
    jobs: served,
    onEvent(event) {
      if (event.kind === 'moved') statistics.partitionMoved();
      onEvent(event);
    },
    onError: (error) => onEvent({ kind: 'problem', jobName: undefined, error }),
  });
}
