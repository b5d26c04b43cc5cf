/**
 * What the thread of a job and its workers tell each other: worker threads of the same process, or of other nodes. Plain data only: it is cloned on
 * the way, by the structured clone algorithm in both cases.
 *
 * The worker runs one partition at a time. What has to be decided or kept in one place it asks of the job's thread, by a call that is answered when
 * the effect is durable.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Properties } from '../definition/resolved-job.ts';
import type { WorkerSource } from '../definition/worker-source.ts';
import type { ChunkKey } from '../engine/chunk/chunk-storage.ts';
import type { JobState } from '../engine/contexts.ts';
import type { LimitLedger } from '../engine/step/limit-ledger.ts';
import type { PartitionTurn } from '../engine/step/partition-run.ts';
import type { BatchStatus, Metrics, PartitionExecution } from '../repository/job-repository.ts';
import type { ThrownData } from './thrown-data.ts';

/** Given to a worker thread when it begins. */
export interface WorkerSetup {
  readonly port: MessagePort;
  readonly source: WorkerSource;
  readonly parameters: Properties;
  readonly systemProperties: Properties;
  readonly stepId: string;
  readonly stepExecutionId: number;
  readonly repositoryId: string;
  readonly fence: number;
  /** Undefined in the process of the job. */
  readonly hosted: HostedSetup | undefined;
  /** Somebody wants to hear of each commit. */
  readonly observed: boolean;
}

/** What a node adds that runs partitions for the job of another one. */
export interface HostedSetup {
  /** What the code must be that the worker loads. */
  readonly codeHash: string;
  /** Name of this node. */
  readonly node: string;
  /** The job runs on another machine. */
  readonly isElsewhere: boolean;
}

export interface PartitionRequest extends PartitionTurn {
  readonly fromBeginning: boolean;
  readonly state: JobState;
}

export interface PartitionResult {
  readonly batchStatus: BatchStatus;
  readonly exitStatus: string | null;
  readonly error: ThrownData | undefined;
  readonly guarantee: string | undefined;
  readonly metrics: Readonly<Metrics>;
}

/** What a partition asks of the job's thread. */
export interface PartitionCalls {
  /** @param userData As bytes: what a snapshot keeps, cloning would change. */
  savePartition(partition: Omit<PartitionExecution, 'persistentUserData'>, userData: Uint8Array): unknown;
  saveChunk(key: ChunkKey, record: Uint8Array): unknown;
  loadChunk(key: ChunkKey): unknown;
  /** Records in the job repository, of an earlier pass. */
  forget(override: boolean): unknown;
  collected(data: unknown): unknown;
  status(batchStatus: BatchStatus, exitStatus: string | null): unknown;
  spend(...given: Parameters<LimitLedger['spend']>): unknown;
  giveBack(skips: number): unknown;
}

export type CallName = keyof PartitionCalls;

export type ToWorker =
  | { readonly kind: 'run'; readonly request: PartitionRequest }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly call: number; readonly error: ThrownData }
  | { readonly kind: 'stop'; readonly lost: boolean }
  /** The node of the worker stops: the partition goes on elsewhere after its next checkpoint. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'call'; readonly call: number; readonly name: CallName; readonly given: unknown[] }
  | { readonly kind: 'progress'; readonly metrics: Readonly<Metrics>; readonly fraction: number | undefined }
  | { readonly kind: 'committed'; readonly counts: Readonly<Metrics>; readonly ms: number }
  | { readonly kind: 'alsoFailed'; readonly error: ThrownData }
  | { readonly kind: 'done'; readonly result: PartitionResult }
  /** The partition could not run to an end that can be recorded. */
  | { readonly kind: 'failed'; readonly error: ThrownData }
  | { readonly kind: 'ended' };
