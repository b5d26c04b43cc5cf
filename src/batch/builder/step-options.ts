/** The steps that the builders make. */
import type { ArtifactContext, MaybePromise } from '../artifacts/artifact-context.ts';
import type {
  PartitionAnalyzer,
  PartitionCollector,
  PartitionMapper,
  PartitionPlan,
  PartitionReducer,
} from '../artifacts/flow-artifacts.ts';
import type { StepScopeListener } from '../artifacts/listeners.ts';
import type {
  ErrorClass,
  ExceptionFilterDefinition,
  PartitionDefinition,
  PropertyDefinition,
  StepDefinition,
  TransitionDefinition,
} from '../definition/job-definition.ts';
import {
  type AlgorithmInput,
  type ArtifactInput,
  type BatchletInput,
  batchletReference,
  type ListenerInput,
  makerReference,
  type ProcessorInput,
  processorReference,
  type ReaderInput,
  readerReference,
  reference,
  type WriterInput,
  writerReference,
} from './artifact-inputs.ts';

/** Error classes; subclasses are meant too, and the nearest class that is named decides. */
export type ErrorFilter =
  | readonly ErrorClass[]
  | { readonly include: readonly ErrorClass[]; readonly exclude?: readonly ErrorClass[] };

/** How a job ends. */
export interface Ending {
  readonly kind: 'end' | 'fail' | 'stop';
  readonly exitStatus?: string | undefined;
  /** Of `stop`: id of the element at which a restart begins. */
  readonly restart?: string | undefined;
}

/** By exit status, with `*` and `?`: the id of the next element, or how the job ends. The first that matches counts. */
export type Transitions = Readonly<Record<string, string | Ending>>;

/** The job ends as COMPLETED. */
export const end = (exitStatus?: string): Ending => ({ kind: 'end', exitStatus });
/** The job ends as FAILED. */
export const fail = (exitStatus?: string): Ending => ({ kind: 'fail', exitStatus });
/** The job ends as STOPPED. @param restart Id of the element at which a restart begins. */
export const stop = (restart?: string, exitStatus?: string): Ending => ({
  kind: 'stop',
  exitStatus,
  restart,
});

export interface StepOptions {
  /** Id of the element after it; null: none. Default: the one that is added next. */
  readonly next?: string | null;
  readonly on?: Transitions;
  readonly properties?: Readonly<Record<string, string>>;
  readonly listeners?: readonly ListenerInput<StepScopeListener>[];
  /** How often it may be started over all executions of an instance; default: without limit. */
  readonly startLimit?: number;
  /** Whether it runs again, from the beginning, at a restart of the job. */
  readonly allowStartIfComplete?: boolean;
  readonly partition?: PartitionOptions;
}

export interface PartitionOptions {
  /** How many, or the properties of each, or what finds them out at each start. */
  readonly over:
    | number
    | readonly Readonly<Record<string, string>>[]
    | ((context: ArtifactContext) => MaybePromise<PartitionPlan>)
    | ArtifactInput<PartitionMapper>;
  /** How many run at the same time; default: all. Of a function its own plan says it. */
  readonly threads?: number;
  /**
   * Worker threads that run partitions, one at a time each: for work that keeps a core busy. Each loads the module of the job, which `job` must be
   * told (`{ module: import.meta.url }`). Default 0: all partitions run in the thread of the job.
   */
  readonly workers?: number;
  /**
   * Nodes of a cluster that run partitions, at most, the one of the job among them; or all that serve the same job (`waymark serve --jobs`). On other
   * nodes each partition runs in a worker thread, `workers` at most per node. Default 1.
   */
  readonly nodes?: number | 'all';
  readonly collector?:
    | ArtifactInput<PartitionCollector>
    | ((context: ArtifactContext) => MaybePromise<unknown>);
  readonly analyzer?: ListenerInput<PartitionAnalyzer>;
  readonly reducer?: ListenerInput<PartitionReducer>;
}

export type BatchletOptions = StepOptions;

export interface ChunkOptions<Item, Output> extends StepOptions {
  readonly id?: string;
  readonly reader: ReaderInput<Item>;
  readonly processor?: ProcessorInput<Item, Output>;
  readonly writer: WriterInput<Output>;
  /** Items read per chunk; default 10. */
  readonly itemCount?: number;
  /** Seconds per chunk; default: without limit. Alone (without `itemCount`) it is the only limit. */
  readonly timeLimit?: number;
  /** Decides when to take checkpoints, in place of `itemCount` and `timeLimit`. */
  readonly checkpoint?: AlgorithmInput;
  /** Items that fail with these are left out. */
  readonly skip?: ErrorFilter;
  /** Default: without limit. */
  readonly skipLimit?: number;
  /** What fails with these is tried again. */
  readonly retry?: ErrorFilter;
  /** Default: without limit. */
  readonly retryLimit?: number;
  /** What the limits count: each execution and each partition for itself (`execution`, default), or all of the job instance together. */
  readonly limits?: 'execution' | 'instance';
  /** Of those that are retried: only the call that has failed is repeated, in the same transaction; it must have had no effect. */
  readonly noRollback?: ErrorFilter;
  /**
   * After a write that has failed: `reread` (default) goes back and reads the items again one by one; `scan` writes each item alone, for readers that
   * cannot go back.
   */
  readonly recovery?: 'reread' | 'scan';
  /** Seconds that the transaction of a chunk may take; default 180, 0: without limit. */
  readonly transactionTimeout?: number;
}

export const propertyList = (properties: Readonly<Record<string, string>> = {}): PropertyDefinition[] =>
  Object.entries(properties).map(([name, value]) => ({ name, value }));

export function transitionsOf(on: Transitions = {}): TransitionDefinition[] {
  return Object.entries(on).map(([exitStatus, to]) =>
    typeof to === 'string' ? { kind: 'next', on: exitStatus, to } : { on: exitStatus, ...to },
  );
}

export function chunkStep<Item, Output>(id: string, options: ChunkOptions<Item, Output>): StepDefinition {
  const { itemCount, timeLimit, checkpoint, transactionTimeout } = options;
  const timeout =
    transactionTimeout === undefined
      ? {}
      : { 'jakarta.transaction.global.timeout': String(transactionTimeout) };
  return {
    ...stepOf(id, { ...options, properties: { ...options.properties, ...timeout } }),
    work: {
      kind: 'chunk',
      checkpointPolicy: checkpoint === undefined ? 'item' : 'custom',
      itemCount: itemCount ?? (timeLimit === undefined ? undefined : Number.MAX_SAFE_INTEGER),
      timeLimit,
      skipLimit: options.skipLimit,
      retryLimit: options.retryLimit,
      reader: readerReference(options.reader),
      processor: options.processor === undefined ? undefined : processorReference(options.processor),
      writer: writerReference(options.writer),
      checkpointAlgorithm: checkpoint === undefined ? undefined : makerReference(checkpoint),
      skippable: filterOf(options.skip),
      retryable: filterOf(options.retry),
      noRollback: filterOf(options.noRollback),
      recovery: options.recovery,
      limits: options.limits,
    },
  };
}

export function batchletStep(id: string, batchlet: BatchletInput, options: BatchletOptions): StepDefinition {
  return { ...stepOf(id, options), work: { kind: 'batchlet', ...batchletReference(batchlet) } };
}

function stepOf(id: string, options: StepOptions): Omit<StepDefinition, 'work'> {
  return {
    kind: 'step',
    id,
    startLimit: options.startLimit,
    allowStartIfComplete: options.allowStartIfComplete,
    properties: propertyList(options.properties),
    listeners: (options.listeners ?? []).map(makerReference),
    transitions: transitionsOf(options.on),
    partition: options.partition === undefined ? undefined : partitionOf(options.partition),
  };
}

function partitionOf({
  over,
  threads,
  workers,
  nodes,
  collector,
  analyzer,
  reducer,
}: PartitionOptions): PartitionDefinition {
  const parts = {
    workers,
    nodes,
    collector:
      collector === undefined
        ? undefined
        : reference(
            collector,
            'collectPartitionData',
            (collect: (context: ArtifactContext) => MaybePromise<unknown>, context): PartitionCollector => ({
              collectPartitionData: () => collect(context),
            }),
          ),
    analyzer: analyzer === undefined ? undefined : makerReference(analyzer),
    reducer: reducer === undefined ? undefined : makerReference(reducer),
  };
  if (typeof over === 'number') return { ...parts, plan: { partitions: over, threads, properties: [] } };
  if (Array.isArray(over)) {
    const each = over as readonly Readonly<Record<string, string>>[];
    const properties = each.map((one, partition) => ({ partition, properties: propertyList(one) }));
    return { ...parts, plan: { partitions: each.length, threads, properties } };
  }
  const mapper = reference(
    over,
    'mapPartitions',
    (map: (context: ArtifactContext) => MaybePromise<PartitionPlan>, context): PartitionMapper => ({
      mapPartitions: () => map(context),
    }),
  );
  return { ...parts, mapper };
}

function filterOf(filter: ErrorFilter | undefined): ExceptionFilterDefinition | undefined {
  if (filter === undefined) return undefined;
  const { include, exclude = [] } = 'include' in filter ? filter : { include: filter };
  const named = (classes: readonly ErrorClass[]) => classes.map((one) => ({ class: one }));
  return { include: named(include), exclude: named(exclude) };
}
