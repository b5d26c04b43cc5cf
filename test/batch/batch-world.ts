/** Jobs for the tests of the engine: scripted readers, processors and writers that write down what is called. */
import type { ArtifactContext, ArtifactMaker } from '../../src/batch/artifacts/artifact-context.ts';
import type {
  CheckpointAlgorithm,
  ItemReader,
  ItemWriter,
} from '../../src/batch/artifacts/chunk-artifacts.ts';
import type { StepScopeListener } from '../../src/batch/artifacts/listeners.ts';
import type {
  ArtifactReference,
  ChunkDefinition,
  ErrorClass,
  ExceptionFilterDefinition,
  ExecutionElementDefinition,
  JobDefinition,
  StepDefinition,
} from '../../src/batch/definition/job-definition.ts';
import { CHUNK_EVENTS } from '../../src/batch/engine/chunk/chunk-listeners.ts';
import { JobOperator } from '../../src/batch/operator/job-operator.ts';
import type {
  JobExecution,
  JobRepository,
  StepExecution,
} from '../../src/batch/repository/job-repository.ts';
import { MemoryJobRepository } from '../../src/batch/repository/memory.ts';
import { VirtualEnvironment } from './virtual-environment.ts';

export class Retryable extends Error {}
export class Skippable extends Error {}
export class Both extends Error {}
export class InPlace extends Retryable {}
export class Fatal extends Error {}

/** Errors that are thrown at an item, one for each time that it comes by. */
export type Failures = Readonly<Record<number, readonly (ErrorClass | undefined)[]>>;

export interface Script {
  readonly items: number;
  readonly read?: Failures;
  readonly process?: Failures;
  /** At a write that has this item. */
  readonly write?: Failures;
  /** Items that the processor filters. */
  readonly filter?: (item: number) => boolean;
  readonly onItem?: (item: number, context: ArtifactContext) => void | Promise<void>;
}

export interface Outcome {
  readonly id: number;
  readonly execution: JobExecution;
  readonly steps: readonly StepExecution[];
  readonly step: StepExecution;
  readonly trace: readonly string[];
}

export const ref = (
  make: ArtifactMaker | object,
  properties: Readonly<Record<string, string>> = {},
): ArtifactReference => ({
  ref: typeof make === 'function' ? (make as ArtifactMaker) : () => make,
  properties: Object.entries(properties).map(([name, value]) => ({ name, value })),
});

export const only = (...classes: ErrorClass[]): ExceptionFilterDefinition => ({
  include: classes.map((one) => ({ class: one })),
  exclude: [],
});

export const step = (
  id: string,
  changes: Partial<StepDefinition> & Pick<StepDefinition, 'work'>,
): StepDefinition => ({
  kind: 'step',
  id,
  properties: [],
  listeners: [],
  transitions: [],
  ...changes,
});

export const jobOf = (...elements: ExecutionElementDefinition[]): JobDefinition => ({
  id: 'job',
  properties: [],
  listeners: [],
  elements,
});

const SKIP_AND_RETRY = {
  skippable: only(Skippable, Both),
  retryable: only(Retryable, Both),
  noRollback: only(InPlace),
};

export class World {
  readonly environment = new VirtualEnvironment();
  readonly repository: JobRepository;
  readonly operator: JobOperator;
  /** Over all executions, in the order of their writes. */
  readonly written: number[] = [];
  trace: string[] = [];
  /** Also the calls of listeners. */
  listening = false;
  #thrown = new Map<string, number>();

  constructor(repository: JobRepository = new MemoryJobRepository()) {
    this.repository = repository;
    this.operator = new JobOperator({ repository, environment: this.environment });
  }

  note = (text: string): void => void this.trace.push(text);

  /** A chunk step of a script; its exceptions are skipped and retried as their names say. */
  chunk(script: Script, changes: Partial<ChunkDefinition> = {}): ChunkDefinition {
    return {
      kind: 'chunk',
      itemCount: 5,
      reader: ref(() => this.#reader(script)),
      processor: ref((context: ArtifactContext) => this.#processor(script, context)),
      writer: ref(() => this.writer(script)),
      ...SKIP_AND_RETRY,
      ...changes,
    };
  }

  #fail(kind: 'read' | 'process' | 'write', script: Script, item: number): void {
    const key = `${kind} ${item}`;
    const times = this.#thrown.get(key) ?? 0;
    const errorClass = script[kind]?.[item]?.[times];
    if ((script[kind]?.[item]?.length ?? 0) <= times) return;
    this.#thrown.set(key, times + 1);
    if (errorClass !== undefined) throw new (errorClass as new (message: string) => Error)(`${kind} ${item}`);
  }

  #reader(script: Script): ItemReader<number, number> {
    let at = 0;
    return {
      open: (checkpoint) => {
        at = checkpoint ?? 0;
        this.note(`open R ${checkpoint}`);
      },
      readItem: () => {
        if (at >= script.items) {
          this.note('R -');
          return null;
        }
        this.note(`R ${at + 1}`);
        at++;
        try {
          this.#fail('read', script, at);
        } catch (error) {
          // What is read again in place has not been read.
          if (error instanceof InPlace) at--;
          throw error;
        }
        return at;
      },
      checkpointInfo: () => at,
      close: () => this.note('close R'),
    };
  }

  #processor(script: Script, context: ArtifactContext) {
    return {
      processItem: (item: number) => {
        this.note(`P ${item}`);
        this.#fail('process', script, item);
        const wait = script.onItem?.(item, context);
        if (wait !== undefined) return wait.then(() => item);
        return script.filter?.(item) === true ? null : item;
      },
    };
  }

  writer(script: Script): ItemWriter<number, number> {
    let count = 0;
    return {
      open: (checkpoint) => {
        count = checkpoint ?? 0;
        this.note(`open W ${checkpoint}`);
      },
      writeItems: (items) => {
        this.note(`W ${items.join(',')}`);
        for (const item of items) this.#fail('write', script, item);
        this.written.push(...items);
        count += items.length;
      },
      checkpointInfo: () => count,
      close: () => this.note('close W'),
    };
  }

  /** Notes every call of a listener of a step. */
  listener(name = ''): StepScopeListener {
    const noting =
      (event: string) =>
      (...given: unknown[]): void => {
        const shown = given.map((value) =>
          value instanceof Error
            ? value.constructor.name
            : Array.isArray(value)
              ? `[${value.join(',')}]`
              : String(value),
        );
        this.note([`${name}${event}`, ...shown].join(' '));
      };
    const events = ['beforeStep', 'afterStep', ...CHUNK_EVENTS];
    return Object.fromEntries(events.map((event) => [event, noting(event)])) as StepScopeListener;
  }

  /** A checkpoint algorithm that notes its calls. */
  algorithm(every: number, changes: Partial<CheckpointAlgorithm> = {}): CheckpointAlgorithm {
    let count = 0;
    return {
      checkpointTimeout: () => {
        this.note('checkpointTimeout');
        return 0;
      },
      beginCheckpoint: () => this.note('beginCheckpoint'),
      isReadyToCheckpoint: () => {
        this.note('isReady');
        return ++count % every === 0;
      },
      endCheckpoint: () => this.note('endCheckpoint'),
      ...changes,
    };
  }

  async start(job: JobDefinition, parameters: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    this.trace = [];
    return this.#outcome(await this.operator.start(job, parameters));
  }

  async restart(before: Outcome, parameters: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    this.trace = [];
    return this.#outcome(await this.operator.restart(before.id, parameters));
  }

  async #outcome(id: number): Promise<Outcome> {
    const execution = await this.operator.finished(id);
    const steps = await this.operator.getStepExecutions(id);
    return { id, execution, steps, step: steps[0]!, trace: this.trace };
  }
}
