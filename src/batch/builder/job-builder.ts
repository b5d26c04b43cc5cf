/** Jobs in TypeScript: `job('import').chunk({ reader, processor, writer, itemCount: 1000 })`. */
import type { ArtifactContext, MaybePromise } from '../artifacts/artifact-context.ts';
import type { Decider } from '../artifacts/flow-artifacts.ts';
import type { JobListener } from '../artifacts/listeners.ts';
import type {
  ArtifactReference,
  ExecutionElementDefinition,
  FlowDefinition,
  JobDefinition,
  PropertyDefinition,
  TransitionDefinition,
} from '../definition/job-definition.ts';
import type { StepExecution } from '../repository/job-repository.ts';
import {
  type ArtifactInput,
  type BatchletInput,
  type ListenerInput,
  makerReference,
  reference,
} from './artifact-inputs.ts';
import {
  type BatchletOptions,
  batchletStep,
  type ChunkOptions,
  chunkStep,
  propertyList,
  transitionsOf,
  type Transitions,
} from './step-options.ts';

export interface JobOptions {
  /** `import.meta.url` of the module that exports the job: where worker threads find it. */
  readonly module?: string;
  /** Default true. */
  readonly restartable?: boolean;
  /** For `#{jobProperties['...']}` and the job context. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly listeners?: readonly ListenerInput<JobListener>[];
}

export interface ElementOptions {
  /** Id of the element after it; null: none. Default: the one that is added next. */
  readonly next?: string | null;
  /** Where to go by the exit status; tested before `next`. */
  readonly on?: Transitions;
}

export type DeciderInput =
  | ArtifactInput<Decider>
  | ((executions: readonly StepExecution[], context: ArtifactContext) => MaybePromise<string>);

type Flow = (flow: ElementList) => ElementList;

/** Elements in the order in which they run, unless transitions say otherwise. */
export class ElementList {
  readonly elements: ExecutionElementDefinition[] = [];
  /** Whether the last element leads to the next one that is added. */
  #leadsOn = false;

  /**
   * A step that reads, processes and writes items, chunk by chunk.
   * @param options `id`: default `step` and its number.
   */
  chunk<Item, Output = Item>(options: ChunkOptions<Item, Output>): this {
    const id = options.id ?? `step${this.elements.length + 1}`;
    return this.#add(chunkStep(id, options), options.next);
  }

  /** A step that does one thing; what it returns is its exit status. */
  batchlet(id: string, batchlet: BatchletInput, options: BatchletOptions = {}): this {
    return this.#add(batchletStep(id, batchlet, options), options.next);
  }

  /** Elements that are one for the elements around. */
  flow(id: string, fill: Flow, options: ElementOptions = {}): this {
    return this.#add({ ...flowOf(id, fill), transitions: transitionsOf(options.on) }, options.next);
  }

  /** Flows that run at the same time, by their ids. */
  split(id: string, flows: Readonly<Record<string, Flow>>, options: Pick<ElementOptions, 'next'> = {}): this {
    const all = Object.entries(flows).map(([name, fill]) => flowOf(name, fill));
    return this.#add({ kind: 'split', id, flows: all }, options.next);
  }

  /**
   * Chooses what comes next by what has run.
   * @param decide Its value is tested with the transitions, and becomes the job's exit status.
   */
  decision(id: string, decide: DeciderInput, on: Transitions): this {
    const decider = reference(
      decide,
      'decide',
      (
        plain: (executions: readonly StepExecution[], context: ArtifactContext) => MaybePromise<string>,
        context,
      ): Decider => ({ decide: (executions) => plain(executions, context) }),
    );
    return this.#add({ kind: 'decision', id, decider, transitions: transitionsOf(on) }, null);
  }

  #add(element: ExecutionElementDefinition, next: string | null | undefined): this {
    const last = this.elements.at(-1);
    if (this.#leadsOn && last !== undefined)
      this.elements[this.elements.length - 1] = withNext(last, element.id);
    this.elements.push(typeof next === 'string' ? withNext(element, next) : element);
    this.#leadsOn = next === undefined;
    return this;
  }
}

/** A job definition that can still be added to. */
export class JobBuilder extends ElementList implements JobDefinition {
  readonly id: string;
  readonly module: string | undefined;
  readonly restartable: boolean;
  readonly properties: readonly PropertyDefinition[];
  readonly listeners: readonly ArtifactReference[];

  constructor(id: string, options: JobOptions) {
    super();
    this.id = id;
    this.module = options.module;
    this.restartable = options.restartable ?? true;
    this.properties = propertyList(options.properties);
    this.listeners = (options.listeners ?? []).map(makerReference);
  }
}

/** Begins a job. Each call of a method adds an element; the result is given to a job operator. */
export function job(id: string, options: JobOptions = {}): JobBuilder {
  return new JobBuilder(id, options);
}

function flowOf(id: string, fill: Flow): FlowDefinition {
  const { elements } = fill(new ElementList());
  return { kind: 'flow', id, elements, transitions: [] as TransitionDefinition[] };
}

const withNext = (element: ExecutionElementDefinition, next: string): ExecutionElementDefinition =>
  element.kind === 'decision' ? element : { ...element, next };
