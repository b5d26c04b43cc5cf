/** Writers made of other writers: all of them get every item (composite), or each item goes to one (classifier). */
import type { ArtifactContext, MaybePromise } from '../../artifacts/artifact-context.ts';
import type { ItemWriter, WriteGuarantee } from '../../artifacts/chunk-artifacts.ts';
import type { TransactionResource } from '../../transaction/transaction-resource.ts';
import { makeArtifact } from '../../artifacts/artifact-registry.ts';
import type { ArtifactClass } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';

export type WriterMaker<Item> =
  | ArtifactClass<ItemWriter<Item>>
  | ((context: ArtifactContext) => ItemWriter<Item>);

const made = <Item>(maker: WriterMaker<Item>, context: ArtifactContext): ItemWriter<Item> =>
  makeArtifact(maker, context) as ItemWriter<Item>;

/** From the strongest to the weakest. */
const GUARANTEES: readonly WriteGuarantee[] = ['transactional', 'idempotent', 'at-least-once'];

abstract class SeveralWriters<Item> implements ItemWriter<Item, readonly unknown[]> {
  readonly transactionResource: TransactionResource | undefined;
  /** That of the weakest. */
  readonly guarantee: WriteGuarantee;
  protected readonly writers: readonly ItemWriter<Item>[];

  constructor(writers: readonly ItemWriter<Item>[]) {
    this.writers = writers;
    const resources = new Set(writers.flatMap(({ transactionResource: resource }) => resource ?? []));
    if (resources.size > 1)
      throw new ItemsError(
        ItemsErrorCode.badOption,
        `The writers of one step have different transactions: ${[...resources].map(({ name }) => name).join(', ')}`,
        { fix: 'Use one SqlTransactionResource for all of them; two databases cannot commit as one.' },
      );
    this.transactionResource = [...resources][0];
    const ranks = writers.map(({ guarantee, transactionResource }) =>
      GUARANTEES.indexOf(
        guarantee ?? (transactionResource === undefined ? 'at-least-once' : 'transactional'),
      ),
    );
    this.guarantee = GUARANTEES[Math.max(0, ...ranks)]!;
  }

  abstract writeItems(items: Item[]): MaybePromise<void>;

  async open(checkpoint: readonly unknown[] | null): Promise<void> {
    for (const [index, writer] of this.writers.entries()) await writer.open?.(checkpoint?.[index] ?? null);
  }

  async checkpointInfo(): Promise<readonly unknown[]> {
    const checkpoints: unknown[] = [];
    for (const writer of this.writers) checkpoints.push((await writer.checkpointInfo?.()) ?? null);
    return checkpoints;
  }

  /** All of them, whatever the others do. @throws what the first one threw */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const writer of this.writers) {
      try {
        await writer.close?.();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

class CompositeWriter<Item> extends SeveralWriters<Item> {
  override async writeItems(items: Item[]): Promise<void> {
    for (const writer of this.writers) await writer.writeItems([...items]);
  }
}

class ClassifierWriter<Item> extends SeveralWriters<Item> {
  readonly #indexOf: (item: Item) => number;

  constructor(writers: readonly ItemWriter<Item>[], indexOf: (item: Item) => number) {
    super(writers);
    this.#indexOf = indexOf;
  }

  override async writeItems(items: Item[]): Promise<void> {
    const parts = this.writers.map((): Item[] => []);
    for (const item of items) parts[this.#indexOf(item)]!.push(item);
    for (const [index, writer] of this.writers.entries())
      if (parts[index]!.length > 0) await writer.writeItems(parts[index]!);
  }
}

/** Every item goes to all writers, in their order. */
export function compositeWriter<Item>(
  ...makers: readonly WriterMaker<Item>[]
): ArtifactClass<ItemWriter<Item>> {
  return class extends CompositeWriter<Item> {
    constructor(context: ArtifactContext) {
      super(makers.map((maker) => made(maker, context)));
    }
  };
}

/**
 * Each item goes to the writer of its class; within a class items keep their order.
 * @throws ItemsError WM9606 from `writeItems` for a class without a writer
 */
export function classifierWriter<Item>(
  classOf: (item: Item) => string,
  makers: Readonly<Record<string, WriterMaker<Item>>>,
): ArtifactClass<ItemWriter<Item>> {
  const names = Object.keys(makers);
  const indexOf = (item: Item): number => {
    const name = classOf(item);
    const index = names.indexOf(name);
    if (index !== -1) return index;
    throw new ItemsError(
      ItemsErrorCode.badOption,
      `There is no writer for items of the class ${JSON.stringify(name)}`,
      { fix: `Give one of ${names.join(', ')}, filter such items out, or let the job skip them.` },
    );
  };
  return class extends ClassifierWriter<Item> {
    constructor(context: ArtifactContext) {
      super(
        names.map((name) => made(makers[name]!, context)),
        indexOf,
      );
    }
  };
}
