/** What the builders take for an artifact, and the reference that a job definition has for it. */
import type { ArtifactContext, ArtifactMaker, MaybePromise } from '../artifacts/artifact-context.ts';
import type {
  Batchlet,
  CheckpointAlgorithm,
  ItemProcessor,
  ItemReader,
  ItemWriter,
  WriteGuarantee,
} from '../artifacts/chunk-artifacts.ts';
import type { JobListener, StepScopeListener } from '../artifacts/listeners.ts';
import type { ArtifactReference } from '../definition/job-definition.ts';
import type { ChunkTransaction, TransactionResource } from '../transaction/transaction-resource.ts';
import { isIterable, IterableReader, oneShot, type ReaderSource } from './iterable-reader.ts';

type Class<Artifact> = new (context: ArtifactContext) => Artifact;

/**
 * The name of a registered artifact, `artifact(...)`, one that all partitions and restarts share, or a class that is made for each.
 */
export type ArtifactInput<Artifact extends object> = string | ArtifactReference | Artifact | Class<Artifact>;

/** Items from anything that can be iterated; see `ReaderSource`. */
export type ReaderInput<Item> =
  | ArtifactInput<ItemReader<Item>>
  | Iterable<Item>
  | AsyncIterable<Item>
  | ((context: ArtifactContext) => Iterable<Item> | AsyncIterable<Item>)
  // oxlint-disable-next-line typescript/no-explicit-any -- what a cursor is, only the two methods of a source need to agree on
  | ReaderSource<Item, any>;

export type ProcessorInput<Item, Output> =
  | ArtifactInput<ItemProcessor<Item, Output>>
  | ((item: Item, context: ArtifactContext) => MaybePromise<Output | null | undefined>);

export type WriterInput<Item> =
  | ArtifactInput<ItemWriter<Item>>
  | ((items: readonly Item[], context: ArtifactContext) => MaybePromise<void>);

export type BatchletInput =
  | ArtifactInput<Batchlet>
  | ((context: ArtifactContext) => MaybePromise<string | null | undefined | void>);

export type AlgorithmInput = ArtifactInput<CheckpointAlgorithm>;
/** An object, a class, or a function that makes one. */
export type ListenerInput<Listener extends object = StepScopeListener | JobListener> =
  | ArtifactInput<Listener>
  | ((context: ArtifactContext) => Listener);

/** An artifact with properties: by the name under which it is registered, or by what makes it. */
export function artifact(
  of: string | ArtifactMaker,
  properties: Readonly<Record<string, string>> = {},
): ArtifactReference {
  return { ref: of, properties: Object.entries(properties).map(([name, value]) => ({ name, value })) };
}

/**
 * A writer whose items are written in the chunk's transaction, together with the checkpoint: exactly once.
 * @param write Gets the transaction that is open: of an SQL database `{ sql }` for statements, or `{ client }` of its driver.
 */
export function inTransaction<Item, Transaction extends ChunkTransaction>(
  resource: TransactionResource & { begin(timeoutMs: number): MaybePromise<Transaction> },
  write: (items: readonly Item[], transaction: Transaction, context: ArtifactContext) => MaybePromise<void>,
): Class<ItemWriter<Item, never>> {
  return class TransactionalWriter implements ItemWriter<Item, never> {
    readonly transactionResource: TransactionResource = resource;
    readonly #context: ArtifactContext;

    constructor(context: ArtifactContext) {
      this.#context = context;
    }

    writeItems(items: readonly Item[]): MaybePromise<void> {
      return write(items, this.#context.transaction as Transaction, this.#context);
    }
  };
}

/** A writer that may be called again for the same items, to the same effect (an upsert): status output says so. */
export function idempotent<Item>(
  write: (items: readonly Item[], context: ArtifactContext) => MaybePromise<void>,
): Class<ItemWriter<Item, never>> {
  return class IdempotentWriter implements ItemWriter<Item, never> {
    readonly guarantee: WriteGuarantee = 'idempotent';
    readonly #context: ArtifactContext;

    constructor(context: ArtifactContext) {
      this.#context = context;
    }

    writeItems(items: readonly Item[]): MaybePromise<void> {
      return write(items, this.#context);
    }
  };
}

export function readerReference<Item>(input: ReaderInput<Item>): ArtifactReference {
  if (typeof input === 'string') return artifact(input);
  if (isIterable(input)) {
    const once = oneShot(input);
    return artifact(() => new IterableReader(() => input, { once }));
  }
  if (typeof input === 'object' && 'from' in input) {
    const source = input as ReaderSource<Item, unknown>;
    return artifact(
      (context) =>
        new IterableReader((at) => source.from(at, context), { cursor: (item) => source.cursor(item) }),
    );
  }
  return reference(
    input as ArtifactInput<ItemReader>,
    'readItem',
    (make: (context: ArtifactContext) => Iterable<Item> | AsyncIterable<Item>, context) =>
      new IterableReader(() => make(context)),
  );
}

type ProcessorFunction = (item: unknown, context: ArtifactContext) => MaybePromise<unknown>;
type WriterFunction = (items: readonly unknown[], context: ArtifactContext) => MaybePromise<void>;
type BatchletFunction = (context: ArtifactContext) => MaybePromise<string | void>;

export const processorReference = (input: unknown): ArtifactReference =>
  reference(input, 'processItem', (process: ProcessorFunction, context): ItemProcessor => ({
    processItem: (item) => process(item, context),
  }));

export const writerReference = (input: unknown): ArtifactReference =>
  reference(input, 'writeItems', (write: WriterFunction, context): ItemWriter => ({
    writeItems: (items) => write(items, context),
  }));

export const batchletReference = (input: unknown): ArtifactReference =>
  reference(input, 'process', (run: BatchletFunction, context): Batchlet => ({
    process: () => run(context),
  }));

/**
 * @param method A class is known by it.
 * @param wrap Makes an artifact of a plain function.
 */
export function reference<Plain extends (...given: never[]) => unknown>(
  input: unknown,
  method: string,
  wrap: (plain: Plain, context: ArtifactContext) => object,
): ArtifactReference {
  if (typeof input === 'string') return artifact(input);
  if (typeof input === 'object') {
    if ('ref' in input!) return input as ArtifactReference;
    return artifact(() => input!);
  }
  const made = input as Plain & { readonly prototype?: Record<string, unknown> };
  if (typeof made.prototype?.[method] === 'function') return artifact(made as unknown as ArtifactMaker);
  return artifact((context) => wrap(made, context));
}

/** For artifacts that have several methods, of which none must be there: any function makes one. */
export function makerReference(input: unknown): ArtifactReference {
  if (typeof input === 'function') return artifact(input as ArtifactMaker);
  return reference(input, '', () => ({}));
}
