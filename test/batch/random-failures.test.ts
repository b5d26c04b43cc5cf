/**
 * Random failures of reader, processor and writer, calls that answer late or never, random skips, retries and crashes, restarted until the job has completed. Whatever
 * happens, no item is lost that was not skipped, and with transactions none is written twice.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemReader, ItemWriter } from '../../src/batch/artifacts/chunk-artifacts.ts';
import {
  artifact,
  type ErrorClass,
  inTransaction,
  job,
  JobOperator,
  MemoryJobRepository,
  TransactionTimeoutError,
} from '../../src/batch/index.ts';
import { Both, Fatal, InPlace, Retryable, Skippable } from './batch-world.ts';
import { MemoryTransactions } from './memory-transactions.ts';
import { VirtualEnvironment } from './virtual-environment.ts';

const KINDS = { Skippable, Retryable, Both, InPlace, Fatal } as const;
type Kind = keyof typeof KINDS;
type Place = 'read' | 'process' | 'write';

interface Scenario {
  readonly items: number;
  readonly itemCount: number;
  readonly recovery: 'reread' | 'scan';
  readonly transactional: boolean;
  readonly async: boolean;
  readonly filtered: readonly number[];
  /** In the order in which they happen to the item. */
  readonly failures: readonly { readonly place: Place; readonly item: number; readonly kind: Kind }[];
  /** With transactions: the call answers after so many seconds, or never. */
  readonly hangs: readonly { readonly place: Place; readonly item: number; readonly seconds?: number }[];
  readonly retriesLate: boolean;
  /** At the nth commit of a chunk, over all processes: the process dies before it has an effect, or after. */
  readonly crashes: readonly { readonly commit: number; readonly when: 'before' | 'after' }[];
}

const item = fc.integer({ min: 1, max: 20 });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  items: fc.integer({ min: 0, max: 20 }),
  itemCount: fc.integer({ min: 1, max: 7 }),
  recovery: fc.constantFrom('reread', 'scan'),
  transactional: fc.boolean(),
  async: fc.boolean(),
  filtered: fc.array(item, { maxLength: 3 }),
  failures: fc.array(
    fc.record({
      place: fc.constantFrom<Place>('read', 'process', 'write'),
      item,
      kind: fc.constantFrom<Kind>('Skippable', 'Retryable', 'Both', 'InPlace', 'Fatal'),
    }),
    { maxLength: 8 },
  ),
  hangs: fc.array(
    fc.record(
      {
        place: fc.constantFrom<Place>('read', 'process', 'write'),
        item,
        seconds: fc.constantFrom(1, 7),
      },
      { requiredKeys: ['place', 'item'] },
    ),
    { maxLength: 3 },
  ),
  retriesLate: fc.boolean(),
  crashes: fc.array(
    fc.record({
      commit: fc.integer({ min: 1, max: 12 }),
      when: fc.constantFrom<'before' | 'after'>('before', 'after'),
    }),
    { maxLength: 3 },
  ),
});

/** Past the time of a transaction, and twice as much. Between one and the next everything that is due has run. */
async function timePasses(environment: VirtualEnvironment): Promise<void> {
  for (const seconds of [2, 3, 3, 3]) {
    await new Promise((resolve) => void setImmediate(resolve));
    environment.pass(seconds * 1000);
  }
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #hangs: Scenario['hangs'][number][];
  #environment = new VirtualEnvironment();
  readonly #left: { place: Place; item: number; kind: Kind }[];
  readonly repository = new MemoryJobRepository();
  readonly resource = new MemoryTransactions();
  readonly plainRows: number[] = [];
  /** Items that may be missing at the end. */
  readonly excused: Set<number>;
  #commits = 0;
  #crash: () => void = () => undefined;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#left = [...scenario.failures];
    this.#hangs = scenario.transactional ? [...scenario.hangs] : [];
    this.excused = new Set(scenario.filtered);
    const save = this.repository.saveChunk.bind(this.repository);
    this.repository.saveChunk = (...given) => this.#committing(() => save(...given)) as void;
    const begin = this.resource.begin.bind(this.resource);
    this.resource.begin = (timeoutMs) => {
      const transaction = begin(timeoutMs);
      let hasRecord = false;
      return {
        ...transaction,
        saveRecord: (...given) => {
          hasRecord = true;
          return transaction.saveRecord(...given);
        },
        commit: () =>
          (hasRecord ? this.#committing(() => transaction.commit()) : transaction.commit()) as void,
      };
    };
  }

  /** A process that dies never comes back from its call. */
  #committing(commit: () => unknown): unknown {
    const commits = ++this.#commits;
    const crash = this.#scenario.crashes.find((one) => one.commit === commits);
    if (crash === undefined) return commit();
    if (crash.when === 'after') commit();
    this.#crash();
    return new Promise(() => undefined);
  }

  #fail(place: Place, one: number, buffer: readonly number[] = [one], only?: Kind): void {
    const index = this.#left.findIndex((failure) => failure.place === place && failure.item === one);
    if (index < 0 || (only !== undefined && this.#left[index]!.kind !== only)) return;
    const { kind } = this.#left.splice(index, 1)[0]!;
    // While retrying, and where it is the only one, an item may be skipped for Both too.
    if (kind === 'Skippable') for (const each of buffer) this.excused.add(each);
    if (kind === 'Both') this.excused.add(one);
    throw new (KINDS[kind] as ErrorClass & (new (message: string) => Error))(`${place} ${one}`);
  }

  /** A call that is repeated without a rollback must have had no effect. */
  #failInPlace(items: readonly number[]): void {
    for (const one of items) this.#fail('write', one, items, 'InPlace');
  }

  /** What the call answers, once for each hang: late, or never. */
  #hanging<Value>(place: Place, items: readonly number[], answer: () => Value): Value | Promise<Value> {
    const index = this.#hangs.findIndex((hang) => hang.place === place && items.includes(hang.item));
    if (index < 0) return answer();
    const { seconds } = this.#hangs.splice(index, 1)[0]!;
    const environment = this.#environment;
    void timePasses(environment);
    return new Promise((resolve) => {
      if (seconds !== undefined) environment.after(seconds * 1000, () => resolve(answer()));
    });
  }

  #later<Value>(value: Value): Value | Promise<Value> {
    return this.#scenario.async ? Promise.resolve(value) : value;
  }

  #reader(): ItemReader<number, number> {
    let at = 0;
    return {
      open: (checkpoint) => void (at = checkpoint ?? 0),
      readItem: () => {
        if (at >= this.#scenario.items) return this.#later(null);
        at++;
        try {
          this.#fail('read', at);
        } catch (error) {
          const again = this.#scenario.recovery === 'scan' && error instanceof Retryable;
          if (error instanceof InPlace || again) at--;
          // Retried in place (that is what scan does), or skipped: the item is read again, as by a reader that cannot tell.
          else if (this.#scenario.recovery === 'scan' && error instanceof Both) at--;
          throw error;
        }
        const read = at;
        return this.#hanging('read', [read], () => this.#later(read)) as number | Promise<number>;
      },
      checkpointInfo: () => at,
    };
  }

  #writer(): ItemWriter<number, never> {
    return {
      writeItems: (items) => {
        this.#failInPlace(items);
        for (const one of items) {
          this.#fail('write', one, items);
          this.plainRows.push(one);
        }
        return this.#later(undefined);
      },
    };
  }

  #definition() {
    const { transactional, itemCount, recovery, filtered } = this.#scenario;
    return job('random').chunk<number, number>({
      id: 'random',
      reader: artifact(() => this.#reader()),
      processor: (one) => {
        this.#fail('process', one);
        return this.#hanging('process', [one], () =>
          this.#later(filtered.includes(one) ? null : one),
        ) as Promise<number | null>;
      },
      writer: transactional
        ? inTransaction(this.resource, (items: readonly number[], { client }) => {
            this.#failInPlace(items);
            for (const one of items) {
              client.insert(one);
              this.#fail('write', one, items);
            }
            return this.#hanging('write', items, () => this.#later(undefined)) as Promise<void>;
          })
        : this.#writer(),
      itemCount,
      recovery,
      skip: [Skippable, Both],
      retry: this.#scenario.retriesLate ? [Retryable, Both, TransactionTimeoutError] : [Retryable, Both],
      transactionTimeout: 5,
      noRollback: [InPlace],
    });
  }

  async run(): Promise<readonly number[]> {
    let execution: number | undefined;
    for (let life = 0; life < 60; life++) {
      const environment = new VirtualEnvironment(`process ${life}`);
      environment.pass(life * 100_000);
      this.#environment = environment;
      const operator = new JobOperator({ repository: this.repository, environment });
      operator.define(this.#definition());
      const crashed = new Promise<'crashed'>((resolve) => (this.#crash = () => resolve('crashed')));
      execution = await (execution === undefined ? operator.start('random') : operator.restart(execution));
      const end = await Promise.race([crashed, operator.finished(execution)]);
      if (end !== 'crashed' && end.batchStatus === 'COMPLETED')
        return this.#scenario.transactional ? this.resource.rows : this.plainRows;
    }
    throw new Error('the job never completes');
  }
}

test('no item is lost, and with transactions none is written twice', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (one) => {
      const simulation = new Simulation(one);
      const rows = await simulation.run();
      const due = Array.from({ length: one.items }, (_, index) => index + 1).filter(
        (each) => !simulation.excused.has(each),
      );
      const seen = new Set(rows);
      expect(due.filter((each) => !seen.has(each))).toEqual([]);
      expect(rows.filter((each) => one.filtered.includes(each))).toEqual([]);
      if (!one.transactional) return;
      expect(rows).toEqual([...seen]);
      expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    }),
    { numRuns: Number(process.env['WAYMARK_RUNS'] ?? 400), verbose: 1 },
  );
});
