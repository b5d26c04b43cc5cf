/**
 * Owns: what one bank has executed. Invariants:
 *
 * 1. A message id is executed at most once; its authorisation is kept, and is in the file before anybody hears of it.
 * 2. Each further message with a known id is a line of its own (`dropped`), so that repeats can be counted.
 */
import { AppendOnlyBook, type BookOptions } from './append-only-book.ts';
import { lines } from './lines.ts';

export interface Execution {
  readonly messageId: string;
  readonly payment: string;
  readonly status: 'approved' | 'declined';
  readonly authorisation: string;
}

export type BankEntry =
  | ({ readonly kind: 'executed' } & Execution)
  | { readonly kind: 'dropped'; readonly messageId: string };

export class BankBook {
  readonly #book: AppendOnlyBook;
  readonly #executions = new Map<string, Execution>();
  #dropped = 0;

  constructor(path: string, options: BookOptions) {
    this.#book = new AppendOnlyBook(path, options, (line) => {
      const entry = parseBankEntry(line);
      if (entry.kind === 'executed') this.#executions.set(entry.messageId, entry);
      else this.#dropped++;
    });
  }

  get executions(): number {
    return this.#executions.size;
  }

  get dropped(): number {
    return this.#dropped;
  }

  execution(messageId: string): Execution | undefined {
    return this.#executions.get(messageId);
  }

  /** Executions in the order in which they were made, from a place on. */
  statement(from: number, count: number): Execution[] {
    return this.#executions.values().drop(from).take(count).toArray();
  }

  async execute(execution: Execution): Promise<void> {
    const { messageId, payment, status, authorisation } = execution;
    if (this.#executions.has(messageId)) throw new Error(`${messageId} has been executed before`);
    this.#executions.set(messageId, execution);
    await this.#book.append(`executed\t${messageId}\t${payment}\t${status}\t${authorisation}`);
  }

  async drop(messageId: string): Promise<void> {
    this.#dropped++;
    await this.#book.append(`dropped\t${messageId}`);
  }

  close(): Promise<void> {
    return this.#book.close();
  }
}

/** All entries of a bank's book, in order. */
export function* readBankBook(path: string): Generator<BankEntry> {
  for (const line of lines(path)) yield parseBankEntry(line);
}

function parseBankEntry(line: string): BankEntry {
  const [kind, messageId, payment, status, authorisation] = line.split('\t');
  if (kind === 'dropped' && messageId !== undefined) return { kind, messageId };
  if (
    kind === 'executed' &&
    authorisation !== undefined &&
    (status === 'approved' || status === 'declined')
  ) {
    return { kind, messageId: messageId!, payment: payment!, status, authorisation };
  }
  throw new Error(`Not an entry of a bank's book: ${line}`);
}
