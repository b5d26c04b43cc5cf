/**
 * A job as data: what job XML is parsed into and what the builders make, before any substitution. One shape for both, so
 * that the engine knows nothing of where a job came from. Names and nesting follow the job XML schema of Jakarta Batch 2.1
 * (section 8); values stay as written, because `#{...}` is replaced at every start and, for partitions, once more later.
 */
import type { ArtifactMaker } from '../artifacts/artifact-context.ts';

/** Where an element was written, for messages. Lines and columns from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A value as written: text that may hold `#{...}`, or from a builder the value itself. `resolveJob` makes it what the field wants, or
 * reports the place.
 */
export type Written<Value extends string | number | boolean = string> = string | Value;

export interface Placed {
  readonly place?: SourcePlace | undefined;
}

/** In the order in which they are written: later ones see earlier ones. */
export interface PropertyDefinition extends Placed {
  readonly name: Written;
  readonly value: Written;
}

/**
 * An artifact that an element uses: by the name under which a registry knows it (a plain name or a Java class name), or, from
 * a builder, what makes it.
 */
export interface ArtifactReference extends Placed {
  readonly ref: Written | ArtifactMaker;
  readonly properties: readonly PropertyDefinition[];
}

export type TransitionDefinition = Placed & { readonly on: Written } & (
    | { readonly kind: 'next'; readonly to: Written }
    | { readonly kind: 'end'; readonly exitStatus?: Written | undefined }
    | { readonly kind: 'fail'; readonly exitStatus?: Written | undefined }
    | {
        readonly kind: 'stop';
        readonly exitStatus?: Written | undefined;
        readonly restart?: Written | undefined;
      }
  );

/** An exception class by name (job XML) or by constructor (builders). */
export interface ExceptionClassReference extends Placed {
  readonly class: Written | ErrorClass;
}

// oxlint-disable-next-line typescript/no-explicit-any -- any class of errors, whatever its constructor takes
export type ErrorClass = abstract new (...parameters: any[]) => unknown;

export interface ExceptionFilterDefinition extends Placed {
  readonly include: readonly ExceptionClassReference[];
  readonly exclude: readonly ExceptionClassReference[];
}

export interface ChunkDefinition extends Placed {
  readonly kind: 'chunk';
  /** Default `item`. */
  readonly checkpointPolicy?: Written<'item' | 'custom'> | undefined;
  /** Items read per chunk, default 10; at least 1. Ignored by the custom policy. */
  readonly itemCount?: Written<number> | undefined;
  /** Seconds per chunk, default 0: none. Ignored by the custom policy. */
  readonly timeLimit?: Written<number> | undefined;
  /** Default: no limit. 0: none allowed. */
  readonly skipLimit?: Written<number> | undefined;
  /** Default: no limit. 0: none allowed. */
  readonly retryLimit?: Written<number> | undefined;
  readonly reader: ArtifactReference;
  readonly processor?: ArtifactReference | undefined;
  readonly writer: ArtifactReference;
  readonly checkpointAlgorithm?: ArtifactReference | undefined;
  readonly skippable?: ExceptionFilterDefinition | undefined;
  readonly retryable?: ExceptionFilterDefinition | undefined;
  readonly noRollback?: ExceptionFilterDefinition | undefined;
  /**
   * What happens when a write fails with an exception that may be retried or skipped. `reread` (default, the specification): roll back,
   * open reader and writer at the last checkpoint and read the items again one by one. `scan`: roll back, then write each item of the chunk
   * alone in its own transaction, nothing is read again. Not in job XML's schema: there it is the step property
   * `waymark.recovery`.
   */
  readonly recovery?: Written<'reread' | 'scan'> | undefined;
  /**
   * What skip-limit and retry-limit count: `execution` (default, as other engines do): one execution of the step, each partition for itself;
   * `instance`: all executions and partitions of the step in a job instance. Not in job XML's schema: there it is the step property
   * `waymark.limits`.
   */
  readonly limits?: Written<'execution' | 'instance'> | undefined;
}

export interface BatchletDefinition extends ArtifactReference {
  readonly kind: 'batchlet';
}

export interface PartitionPlanDefinition extends Placed {
  /** Default 1. */
  readonly partitions?: Written<number> | undefined;
  /** Default: as many as partitions. */
  readonly threads?: Written<number> | undefined;
  /** Per partition, from 0: job XML writes `<properties partition="0">`. */
  readonly properties: readonly (Placed & {
    readonly partition: Written<number>;
    readonly properties: readonly PropertyDefinition[];
  })[];
}

/** Exactly one of `plan` and `mapper`. */
export interface PartitionDefinition extends Placed {
  readonly plan?: PartitionPlanDefinition | undefined;
  readonly mapper?: ArtifactReference | undefined;
  readonly collector?: ArtifactReference | undefined;
  readonly analyzer?: ArtifactReference | undefined;
  readonly reducer?: ArtifactReference | undefined;
  /**
   * Worker threads that run partitions, at most; 0 (default): all run in the thread of the job. Not in job XML's schema: there it is the step
   * property `waymark.workers`.
   */
  readonly workers?: Written<number> | undefined;
  /** Nodes of the cluster that run partitions, at most, or `all`; 1 (default): only the node of the job. In job XML: the step property `waymark.nodes`. */
  readonly nodes?: Written<number> | undefined;
}

export interface StepDefinition extends Placed {
  readonly kind: 'step';
  readonly id: string;
  readonly next?: Written | undefined;
  /** Default 0: no limit. */
  readonly startLimit?: Written<number> | undefined;
  readonly allowStartIfComplete?: Written<boolean> | undefined;
  readonly properties: readonly PropertyDefinition[];
  readonly listeners: readonly ArtifactReference[];
  readonly work: ChunkDefinition | BatchletDefinition;
  readonly partition?: PartitionDefinition | undefined;
  readonly transitions: readonly TransitionDefinition[];
}

export interface FlowDefinition extends Placed {
  readonly kind: 'flow';
  readonly id: string;
  readonly next?: Written | undefined;
  readonly elements: readonly ExecutionElementDefinition[];
  readonly transitions: readonly TransitionDefinition[];
}

export interface SplitDefinition extends Placed {
  readonly kind: 'split';
  readonly id: string;
  readonly next?: Written | undefined;
  readonly flows: readonly FlowDefinition[];
}

export interface DecisionDefinition extends Placed {
  readonly kind: 'decision';
  readonly id: string;
  readonly decider: ArtifactReference;
  readonly transitions: readonly TransitionDefinition[];
}

export type ExecutionElementDefinition =
  | StepDefinition
  | FlowDefinition
  | SplitDefinition
  | DecisionDefinition;

export interface JobDefinition extends Placed {
  readonly id: string;
  /** URL of the module that exports the job (`import.meta.url` there): where worker threads find it. */
  readonly module?: string | undefined;
  /** Default true. */
  readonly restartable?: Written<boolean> | undefined;
  readonly properties: readonly PropertyDefinition[];
  readonly listeners: readonly ArtifactReference[];
  readonly elements: readonly ExecutionElementDefinition[];
}
