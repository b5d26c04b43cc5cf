/** A job that can run: every `#{...}` replaced, every value of its type, every name known. */
import type { ArtifactMaker } from '../artifacts/artifact-context.ts';
import type { ErrorClass, SourcePlace } from './job-definition.ts';
import type { WorkerSource } from './worker-source.ts';

export type Properties = Readonly<Record<string, string>>;

export interface ResolvedArtifact {
  /** As written, for messages. */
  readonly name: string;
  readonly make: ArtifactMaker;
  readonly properties: Properties;
  readonly place: SourcePlace | undefined;
}

export interface ResolvedTransition {
  readonly kind: 'next' | 'end' | 'fail' | 'stop';
  readonly on: string;
  /** Of `next`. */
  readonly to: string | undefined;
  readonly exitStatus: string | undefined;
  /** Of `stop`. */
  readonly restart: string | undefined;
  readonly place: SourcePlace | undefined;
}

export interface ExceptionFilter {
  readonly include: readonly ErrorClass[];
  readonly exclude: readonly ErrorClass[];
}

export interface ResolvedChunk {
  readonly kind: 'chunk';
  readonly itemCount: number;
  /** 0: none. */
  readonly timeLimitMs: number;
  /** Infinity: none. */
  readonly skipLimit: number;
  /** Infinity: none. */
  readonly retryLimit: number;
  readonly reader: ResolvedArtifact;
  readonly processor: ResolvedArtifact | undefined;
  readonly writer: ResolvedArtifact;
  /** Only with the custom policy. */
  readonly algorithm: ResolvedArtifact | undefined;
  readonly skippable: ExceptionFilter;
  readonly retryable: ExceptionFilter;
  readonly noRollback: ExceptionFilter;
  readonly recovery: 'reread' | 'scan';
  readonly limits: 'execution' | 'instance';
  /** Of a chunk's transaction, if no checkpoint algorithm says another; 0: no limit. */
  readonly timeoutMs: number;
}

export interface ResolvedBatchlet {
  readonly kind: 'batchlet';
  readonly artifact: ResolvedArtifact;
}

/** What runs once, or once per partition. */
export interface ResolvedWork {
  readonly properties: Properties;
  readonly listeners: readonly ResolvedArtifact[];
  readonly work: ResolvedChunk | ResolvedBatchlet;
}

export interface ResolvedPlan {
  readonly partitions: number;
  readonly threads: number;
  readonly properties: ReadonlyMap<number, Properties>;
}

export interface ResolvedPartitioning {
  /** Worker threads at most; 0: partitions run in the thread of the job. */
  readonly workers: number;
  /** Nodes at most, this one among them; 1: only this one. */
  readonly nodes: number;
  /** Undefined if there is a mapper. */
  readonly plan: ResolvedPlan | undefined;
  readonly mapper: ResolvedArtifact | undefined;
  readonly collector: ResolvedArtifact | undefined;
  readonly analyzer: ResolvedArtifact | undefined;
  readonly reducer: ResolvedArtifact | undefined;
}

export interface ResolvedStep extends ResolvedWork {
  readonly kind: 'step';
  readonly id: string;
  readonly place: SourcePlace | undefined;
  readonly next: string | undefined;
  /** 0: none. */
  readonly startLimit: number;
  readonly allowStartIfComplete: boolean;
  readonly transitions: readonly ResolvedTransition[];
  readonly partitioning: ResolvedPartitioning | undefined;
  /**
   * The work of one partition: the same with `#{partitionPlan['...']}` replaced.
   * @throws JobStartError with what is wrong then
   */
  forPartition(plan: Properties): ResolvedWork & { readonly collector: ResolvedArtifact | undefined };
}

export interface ResolvedFlow {
  readonly kind: 'flow';
  readonly id: string;
  readonly place: SourcePlace | undefined;
  readonly next: string | undefined;
  readonly elements: readonly ResolvedElement[];
  readonly transitions: readonly ResolvedTransition[];
}

export interface ResolvedSplit {
  readonly kind: 'split';
  readonly id: string;
  readonly place: SourcePlace | undefined;
  readonly next: string | undefined;
  readonly flows: readonly ResolvedFlow[];
  readonly transitions: readonly ResolvedTransition[];
}

export interface ResolvedDecision {
  readonly kind: 'decision';
  readonly id: string;
  readonly place: SourcePlace | undefined;
  readonly next: undefined;
  readonly decider: ResolvedArtifact;
  readonly transitions: readonly ResolvedTransition[];
}

export type ResolvedElement = ResolvedStep | ResolvedFlow | ResolvedSplit | ResolvedDecision;

export interface ResolvedJob {
  readonly id: string;
  /** Undefined: no worker thread can find it. */
  readonly workerSource: WorkerSource | undefined;
  readonly systemProperties: Properties;
  readonly restartable: boolean;
  readonly properties: Properties;
  readonly listeners: readonly ResolvedArtifact[];
  readonly elements: readonly ResolvedElement[];
}
