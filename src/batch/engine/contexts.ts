/** The contexts that artifacts see, and the artifacts made with them. */
import type {
  ArtifactContext,
  JobContext,
  PartitionContext,
  StepContext,
} from '../artifacts/artifact-context.ts';
import { makeArtifact } from '../artifacts/artifact-registry.ts';
import { BatchError, BatchErrorCode, placeText } from '../batch-error.ts';
import type { Properties, ResolvedArtifact } from '../definition/resolved-job.ts';
import type { BatchStatus, Metrics } from '../repository/job-repository.ts';
import type { ChunkTransaction } from '../transaction/transaction-resource.ts';
import { noMetrics } from './metrics.ts';

/** What all threads of a job share. */
export interface JobState {
  readonly jobName: string;
  readonly instanceId: number;
  readonly executionId: number;
  readonly properties: Properties;
  readonly parameters: Properties;
  batchStatus: BatchStatus;
  exitStatus: string | null;
}

/** The job context of one thread: the job's own, or a flow's of a split, or a partition's. */
export class ThreadJobContext implements JobContext {
  transientUserData: unknown = null;
  readonly #state: JobState;

  constructor(state: JobState) {
    this.#state = state;
  }

  get jobName(): string {
    return this.#state.jobName;
  }
  get instanceId(): number {
    return this.#state.instanceId;
  }
  get executionId(): number {
    return this.#state.executionId;
  }
  get properties(): Properties {
    return this.#state.properties;
  }
  get parameters(): Properties {
    return this.#state.parameters;
  }
  get batchStatus(): BatchStatus {
    return this.#state.batchStatus;
  }
  get exitStatus(): string | null {
    return this.#state.exitStatus;
  }
  set exitStatus(value: string | null) {
    this.#state.exitStatus = value;
  }

  /** Another thread of the same job. */
  forFlow(): ThreadJobContext {
    return new ThreadJobContext(this.#state);
  }

  /** What a partition does to its job context stays in the partition. */
  forPartition(): ThreadJobContext {
    return new ThreadJobContext({ ...this.#state });
  }
}

/** The step context of one thread: the step's own, or a partition's. */
export class ThreadStepContext implements StepContext {
  readonly stepName: string;
  readonly stepExecutionId: number;
  readonly properties: Properties;
  readonly metrics: Metrics = noMetrics();
  batchStatus: BatchStatus = 'STARTED';
  exitStatus: string | null = null;
  transientUserData: unknown = null;
  persistentUserData: unknown = null;
  /** What it has failed with. */
  failure: Error | null = null;
  /** What an artifact has thrown last and was skipped, or is tried again. */
  survived: Error | null = null;
  /** What its reader says of how far it is, from 0 to 1. */
  progress: () => number | undefined = () => undefined;

  constructor(stepName: string, stepExecutionId: number, properties: Properties) {
    this.stepName = stepName;
    this.stepExecutionId = stepExecutionId;
    this.properties = properties;
  }

  get exception(): Error | null {
    return this.failure ?? this.survived;
  }
}

/** Makes the artifacts of one thread. */
export class ArtifactFactory {
  /** Of the chunk that is running in this thread. */
  transaction: ChunkTransaction | undefined = undefined;
  readonly job: JobContext;
  readonly step: StepContext | undefined;
  readonly #partition: PartitionContext | undefined;
  readonly #stopping: AbortSignal;

  constructor(stopping: AbortSignal, job: JobContext, step?: StepContext, partition?: PartitionContext) {
    this.#stopping = stopping;
    this.job = job;
    this.step = step;
    this.#partition = partition;
  }

  /**
   * @param method That the artifact must have.
   * @throws BatchError WM9060, or what the artifact's constructor throws
   */
  make<Artifact extends object>(
    { make, name, properties, place }: ResolvedArtifact,
    kind: string,
    method?: keyof Artifact & string,
  ): Artifact {
    // oxlint-disable-next-line typescript/no-this-alias -- the getter below is the context's
    const factory = this;
    const context: ArtifactContext = {
      job: this.job,
      step: this.step,
      partition: this.#partition,
      properties,
      stopping: this.#stopping,
      get transaction() {
        return factory.transaction;
      },
    };
    const artifact = makeArtifact(make, context) as Artifact;
    if (method === undefined || typeof artifact?.[method] === 'function') return artifact;
    throw new BatchError(
      BatchErrorCode.wrongArtifact,
      `${placeText(place)}${JSON.stringify(name)} is no ${kind}: it has no method ${method}`,
      { fix: 'Check which artifact is named, and the names of its methods.' },
    );
  }
}
