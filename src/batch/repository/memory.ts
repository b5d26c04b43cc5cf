/**
 * A job repository in the memory of this process: for tests, and for jobs whose restart after a crash does not matter.
 *
 * Owns: all instances, executions, steps, partitions and chunk records, until they are purged.
 * M1. Nothing that is returned shares anything with what is kept.
 * M2. Ids grow; a map is in the order of its ids.
 * M3. `fence` of an instance is that of its newest execution, or higher when that was declared dead.
 */
import {
  BatchError,
  BatchErrorCode,
  JobExecutionIsRunningError,
  LostLeaseError,
  NoSuchJobExecutionError,
  NoSuchJobInstanceError,
} from '../batch-error.ts';
import type {
  ChunkRecordSource,
  ExecutionStart,
  JobExecution,
  JobExecutionChange,
  JobInstance,
  JobRepository,
  PartitionExecution,
  StepExecution,
  StepExecutionChange,
} from './job-repository.ts';
import { decodePlain, encodePlain, isPrimitive } from './plain-data.ts';
import { refuseUnlessEnded, RUNNING } from './restart-rule.ts';

type ChunkKey = Parameters<JobRepository['loadChunk']>[0];

interface KeptInstance {
  readonly instance: JobInstance;
  fence: number;
  readonly chunks: Map<string, ChunkRecordSource>;
}

let repositories = 0;

export class MemoryJobRepository implements JobRepository {
  readonly id = `memory-${++repositories}`;
  readonly name = 'memory';
  readonly #instances = new Map<number, KeptInstance>();
  readonly #executions = new Map<number, JobExecution>();
  readonly #steps = new Map<number, StepExecution>();
  readonly #partitions = new Map<number, Map<number, PartitionExecution>>();
  #lastId = 0;

  startExecution(start: ExecutionStart): { instance: JobInstance; execution: JobExecution } {
    const kept = this.#instanceToRun(start);
    const { instance } = kept;
    const execution: JobExecution = {
      id: ++this.#lastId,
      instanceId: instance.id,
      jobName: instance.jobName,
      batchStatus: 'STARTING',
      exitStatus: null,
      createTime: start.at,
      startTime: undefined,
      endTime: undefined,
      lastUpdatedTime: start.at,
      parameters: { ...start.parameters },
      restartAt: undefined,
      stopRequested: false,
      lease: { owner: start.owner, until: start.leaseUntil, fence: ++kept.fence },
      exception: undefined,
    };
    this.#executions.set(execution.id, execution);
    return { instance, execution };
  }

  renewLease(executionId: number, fence: number, until: number): { stopRequested: boolean } {
    const execution = this.#owned(executionId, fence);
    this.#executions.set(executionId, { ...execution, lease: { ...execution.lease!, until } });
    return { stopRequested: execution.stopRequested };
  }

  changeExecution(executionId: number, fence: number, change: JobExecutionChange): void {
    const { at, ...fields } = change;
    const execution: JobExecution = {
      ...this.#owned(executionId, fence),
      ...defined(fields),
      lastUpdatedTime: at,
    };
    const ended = !RUNNING.includes(execution.batchStatus);
    this.#executions.set(executionId, ended ? { ...execution, lease: undefined } : execution);
  }

  requestStop(executionId: number, at: number): void {
    const execution = this.#existing(executionId);
    this.#executions.set(executionId, { ...execution, stopRequested: true, lastUpdatedTime: at });
  }

  abandon(executionId: number, at: number): void {
    const execution = this.#existing(executionId);
    if (RUNNING.includes(execution.batchStatus))
      throw new JobExecutionIsRunningError(executionId, execution.lease?.owner);
    this.#executions.set(executionId, { ...execution, batchStatus: 'ABANDONED', lastUpdatedTime: at });
  }

  failAbandonedRuns(at: number): readonly number[] {
    const dead = [...this.#executions.values()].filter(
      ({ batchStatus, lease }) => RUNNING.includes(batchStatus) && lease !== undefined && lease.until < at,
    );
    for (const execution of dead) this.#declareDead(execution, at);
    return dead.map(({ id }) => id);
  }

  createStepExecution(fence: number, step: Omit<StepExecution, 'id'>): StepExecution {
    this.#owned(step.jobExecutionId, fence);
    const created: StepExecution = copyStep({ ...step, id: ++this.#lastId });
    this.#steps.set(created.id, created);
    return copyStep(created);
  }

  changeStepExecution(id: number, fence: number, change: StepExecutionChange): void {
    const step = this.#step(id);
    this.#owned(step.jobExecutionId, fence);
    this.#steps.set(id, copyStep({ ...step, ...defined(change) }));
  }

  stepExecutionsOfInstance(instanceId: number, stepName?: string): readonly StepExecution[] {
    return [...this.#steps.values()]
      .filter(
        ({ jobExecutionId, stepName: name }) =>
          this.#executions.get(jobExecutionId)?.instanceId === instanceId &&
          (stepName === undefined || name === stepName),
      )
      .map(copyStep)
      .toReversed();
  }

  stepExecutions(executionId: number): readonly StepExecution[] {
    return [...this.#steps.values()]
      .filter(({ jobExecutionId }) => jobExecutionId === executionId)
      .map(copyStep);
  }

  createPartitions(fence: number, partitions: readonly PartitionExecution[]): void {
    // What cannot be copied is found out before the first one is there.
    for (const copy of partitions.map(copyPartition)) this.savePartition(fence, copy);
  }

  savePartition(fence: number, partition: PartitionExecution): void {
    this.#owned(this.#step(partition.stepExecutionId).jobExecutionId, fence);
    let ofStep = this.#partitions.get(partition.stepExecutionId);
    if (ofStep === undefined) this.#partitions.set(partition.stepExecutionId, (ofStep = new Map()));
    ofStep.set(partition.index, copyPartition(partition));
  }

  partitions(stepExecutionId: number): readonly PartitionExecution[] {
    return [...(this.#partitions.get(stepExecutionId)?.values() ?? [])]
      .map(copyPartition)
      .toSorted((a, b) => a.index - b.index);
  }

  saveChunk(key: ChunkKey, fence: number, record: ChunkRecordSource): void {
    const kept = this.#kept(key.instanceId);
    if (fence < kept.fence) throw new LostLeaseError(`Step ${JSON.stringify(key.stepName)}`);
    kept.chunks.set(chunkName(key), record);
  }

  loadChunk(key: ChunkKey): Uint8Array | undefined {
    return this.#instances.get(key.instanceId)?.chunks.get(chunkName(key))?.bytes();
  }

  dropChunks(instanceId: number, stepName: string): void {
    const chunks = this.#instances.get(instanceId)?.chunks;
    for (const name of chunks?.keys() ?? []) if (stepOf(name) === stepName) chunks?.delete(name);
  }

  jobNames(): readonly string[] {
    return [...new Set([...this.#instances.values()].map(({ instance }) => instance.jobName))].toSorted();
  }

  instanceCount(jobName: string): number {
    return this.instances(jobName, 0, Infinity).length;
  }

  instances(jobName: string | undefined, start: number, count: number): readonly JobInstance[] {
    return [...this.#instances.values()]
      .map(({ instance }) => instance)
      .filter((instance) => jobName === undefined || instance.jobName === jobName)
      .toReversed()
      .slice(start, start + count);
  }

  instance(id: number): JobInstance | undefined {
    return this.#instances.get(id)?.instance;
  }

  findIdentity(jobName: string, identity: string): JobInstance | undefined {
    return this.instances(jobName, 0, Infinity).find((instance) => instance.identity === identity);
  }

  executions(instanceId: number): readonly JobExecution[] {
    return [...this.#executions.values()].filter((execution) => execution.instanceId === instanceId);
  }

  execution(id: number): JobExecution | undefined {
    return this.#executions.get(id);
  }

  runningExecutions(jobName: string): readonly JobExecution[] {
    return [...this.#executions.values()].filter(
      (execution) => execution.jobName === jobName && RUNNING.includes(execution.batchStatus),
    );
  }

  purge({ jobName, before, statuses }: Parameters<JobRepository['purge']>[0]): readonly JobInstance[] {
    const old = this.instances(jobName, 0, Infinity).filter(({ id }) => {
      const last = this.executions(id).at(-1);
      return last?.endTime !== undefined && last.endTime < before && statuses.includes(last.batchStatus);
    });
    for (const { id } of old) {
      for (const execution of this.executions(id)) {
        for (const step of this.stepExecutions(execution.id)) {
          this.#partitions.delete(step.id);
          this.#steps.delete(step.id);
        }
        this.#executions.delete(execution.id);
      }
      this.#instances.delete(id);
    }
    return old;
  }

  close(): void {
    this.#instances.clear();
    this.#executions.clear();
    this.#steps.clear();
    this.#partitions.clear();
  }

  #instanceToRun(start: ExecutionStart): KeptInstance {
    const { jobName, identity, at } = start;
    const id =
      start.instanceId ?? (identity === undefined ? undefined : this.findIdentity(jobName, identity)?.id);
    if (id !== undefined) {
      const kept = this.#kept(id);
      this.#mayRestart(id, at);
      return kept;
    }
    const instance: JobInstance = { id: ++this.#lastId, jobName, identity, createdAt: at };
    const kept: KeptInstance = { instance, fence: 0, chunks: new Map() };
    this.#instances.set(instance.id, kept);
    return kept;
  }

  #mayRestart(instanceId: number, at: number): void {
    const last = this.executions(instanceId).at(-1);
    if (last !== undefined && refuseUnlessEnded(last, at)) this.#declareDead(last, at);
  }

  #declareDead(execution: JobExecution, at: number): void {
    this.#kept(execution.instanceId).fence++;
    const failed = { batchStatus: 'FAILED', exitStatus: 'FAILED', endTime: at } as const;
    this.#executions.set(execution.id, { ...execution, ...failed, lastUpdatedTime: at, lease: undefined });
    for (const step of this.stepExecutions(execution.id))
      if (RUNNING.includes(step.batchStatus)) this.#steps.set(step.id, { ...step, ...failed });
  }

  #existing(executionId: number): JobExecution {
    const execution = this.#executions.get(executionId);
    if (execution === undefined) throw new NoSuchJobExecutionError(executionId);
    return execution;
  }

  #owned(executionId: number, fence: number): JobExecution {
    const execution = this.#existing(executionId);
    if (fence < this.#kept(execution.instanceId).fence || execution.lease?.fence !== fence)
      throw new LostLeaseError(`Job execution ${executionId}`);
    return execution;
  }

  #kept(instanceId: number): KeptInstance {
    const kept = this.#instances.get(instanceId);
    if (kept === undefined) throw new NoSuchJobInstanceError(instanceId);
    return kept;
  }

  #step(id: number): StepExecution {
    const step = this.#steps.get(id);
    if (step !== undefined) return step;
    throw new BatchError(BatchErrorCode.repository, `There is no step execution ${id}`, {
      fix: 'This is a defect of Waymark or of the program that embeds it; the repository is as before.',
    });
  }
}

const chunkName = ({ stepName, partition }: ChunkKey): string => `${partition}:${stepName}`;
const stepOf = (name: string): string => name.slice(name.indexOf(':') + 1);

function defined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

function copyData(data: unknown): unknown {
  if (isPrimitive(data)) return data;
  return decodePlain(encodePlain(data, 'The persistent user data'), 'The persistent user data');
}

const copyStep = (step: StepExecution): StepExecution => ({
  ...step,
  metrics: { ...step.metrics },
  persistentUserData: copyData(step.persistentUserData),
});

const copyPartition = (partition: PartitionExecution): PartitionExecution => ({
  ...partition,
  metrics: { ...partition.metrics },
  persistentUserData: copyData(partition.persistentUserData),
});
