/**
 * Durable checkpoints per second of the embedded store, against the least that any durable store must do on this disk: for
 * each group of waiting writers one write of the same bytes into a file written before, and one fdatasync.
 *
 * Each writer awaits: checkpoint 1, checkpoint 2, completion, and begins anew with another id; only the two checkpoints
 * are counted. Values have 1 KB. The variants take turns in short rounds in random order, so that whatever disturbs the machine
 * disturbs all of them; ratios are of the same round. What is not measured: encoding the state of a script, replication.
 *
 * Usage: node bench/store.ts [--rounds 7] [--ms 250] [--directory DIR] [--quick] [--results]
 * With `--results`: only what keeps results.
 */
import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CheckpointStore, CheckpointWrite, OutcomeWrite } from '../src/store/checkpoint-store.ts';
import { BatchBuilder } from '../src/store/sqlite/batch-builder.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';

type Target = Pick<CheckpointStore, 'save' | 'complete' | 'close'>;

const VALUE = Uint8Array.from({ length: 1024 }, (_, index) => (index * 31) % 256);
const NOTHING = new Uint8Array(0);
const CODE_HASH = 'f'.repeat(64);
const LIVE = 100_000;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '250' },
    directory: { type: 'string', default: tmpdir() },
    quick: { type: 'boolean', default: false },
    results: { type: 'boolean', default: false },
  },
});
const ROUNDS = Number(options.rounds);
const MILLISECONDS = Number(options.ms);
const WRITERS = options.quick ? [1, 64] : [1, 16, 64, 256, 1024];

/**
 * The bare log: the same records, checksums included, side by side. It can neither find a record again nor give room back, so it is
 * no store, but no store that syncs each group can be faster.
 */
class BareLog implements Target {
  static readonly #LENGTH = 64 * 2 ** 20;
  readonly #file: number;
  #position = 0;
  #group = new BatchBuilder();
  #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.#file = openSync(path, 'w');
    const zeros = Buffer.alloc(2 ** 20);
    for (let at = 0; at < BareLog.#LENGTH; at += zeros.length) writeSync(this.#file, zeros, 0, undefined, at);
    fsyncSync(this.#file);
  }

  save(write: CheckpointWrite): Promise<void> {
    this.#group.save(write);
    return this.#synced();
  }

  complete(write: OutcomeWrite): Promise<void> {
    // A record with no body says that the instance ended.
    this.#group.fail({ ...write, outcome: NOTHING });
    return this.#synced();
  }

  close(): Promise<void> {
    closeSync(this.#file);
    return Promise.resolve();
  }

  #synced(): Promise<void> {
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #flush(): void {
    const { bytes, ends } = this.#group.finish();
    const length = ends.at(-1) ?? 0;
    if (this.#position + length > BareLog.#LENGTH) this.#position = 0;
    writeSync(this.#file, bytes, 0, length, this.#position);
    fdatasyncSync(this.#file);
    this.#position += length;
    this.#group = new BatchBuilder(bytes.buffer);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

let ids = 0;
/** Ids in the order of time, as ULIDs are, without the price of making one. */
const nextId = (): string => `01K${(++ids).toString(32).padStart(7, '0')}${'5XQ8ZP3MVT9RGHJ2'}`;

interface Workload {
  readonly keepResults: boolean;
}

function writeOf(id: string, sequence: number, requestId: string | undefined) {
  const now = Date.now();
  return { id, script: 'payments', requestId, codeHash: CODE_HASH, sequence, createdAt: now, at: now };
}

/** Runs the writers for a while. @returns durable checkpoints per second. */
async function measure(target: Target, writers: number, workload: Workload): Promise<number> {
  const end = performance.now() + MILLISECONDS;
  let checkpoints = 0;
  const started = performance.now();
  const writer = async (): Promise<void> => {
    while (performance.now() < end) {
      const requestId = workload.keepResults ? crypto.randomUUID() : undefined;
      // A node makes the id of an instance from its request: in no order either.
      const id = requestId === undefined ? nextId() : crypto.randomUUID();
      await target.save({ ...writeOf(id, 1, requestId), snapshot: VALUE });
      checkpoints++;
      await target.save({ ...writeOf(id, 2, requestId), snapshot: VALUE });
      checkpoints++;
      await target.complete({ ...writeOf(id, 2, requestId), outcome: VALUE.subarray(0, 100) });
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (checkpoints * 1000) / (performance.now() - started);
}

async function park(store: CheckpointStore): Promise<void> {
  for (let at = 0; at < LIVE; at += 2000) {
    await Promise.all(
      Array.from({ length: 2000 }, () => store.save({ ...writeOf(nextId(), 1, undefined), snapshot: VALUE })),
    );
  }
}

/** Results of before, under random ids as requests give them. */
async function keepResults(store: CheckpointStore): Promise<void> {
  for (let at = 0; at < LIVE; at += 2000) {
    await Promise.all(
      Array.from({ length: 2000 }, () =>
        store.complete({
          ...writeOf(crypto.randomUUID(), 2, crypto.randomUUID()),
          outcome: VALUE.subarray(0, 100),
        }),
      ),
    );
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function quartiles(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[sorted.length >> 2] ?? 0, sorted[(sorted.length * 3) >> 2] ?? 0];
}

const thousands = (value: number): string => `${(value / 1000).toFixed(1)}k`;

interface Variant {
  readonly name: string;
  readonly target: Target;
  readonly workload: Workload;
}

async function compare(
  title: string,
  log: Target,
  variants: readonly Variant[],
  writers: readonly number[],
): Promise<void> {
  const all: Variant[] = [{ name: 'bare log', target: log, workload: { keepResults: false } }, ...variants];
  console.log(`\n### ${title}\n`);
  console.log(
    `| writers | bare log ck/s | ${variants.map(({ name }) => `${name} ck/s | ratio`).join(' | ')} |`,
  );
  console.log(`|---|---|${variants.map(() => '---|---').join('|')}|`);
  for (const count of writers) {
    const rates = new Map<Variant, number[]>(all.map((variant) => [variant, []]));
    for (let round = -1; round < ROUNDS; round++) {
      const order = all.map((variant) => ({ variant, key: Math.random() })).sort((a, b) => a.key - b.key);
      for (const { variant } of order) {
        const rate = await measure(variant.target, count, variant.workload);
        // The first round only warms up.
        if (round >= 0) rates.get(variant)?.push(rate);
      }
    }
    const cells = all.map((variant) => {
      const own = rates.get(variant) ?? [];
      const [low, high] = quartiles(own);
      const text = `${thousands(median(own))} (${thousands(low)}-${thousands(high)})`;
      if (variant.target === log) return text;
      const base = rates.get(all[0]!) ?? [];
      const ratios = own.map((rate, round) => rate / (base[round] ?? Number.NaN));
      const [lowRatio, highRatio] = quartiles(ratios);
      return `${text} | **${median(ratios).toFixed(2)}** (${lowRatio.toFixed(2)}-${highRatio.toFixed(2)})`;
    });
    console.log(`| ${count} | ${cells.join(' | ')} |`);
  }
}

const directory = mkdtempSync(join(options.directory, 'waymark-bench-'));
const opened: Target[] = [];
async function open(name: string, thread: 'main' | 'worker') {
  const store = await openSqliteStore({ directory: join(directory, name), thread });
  opened.push(store);
  return store;
}

try {
  const began = performance.now();
  const log = new BareLog(join(directory, 'log'));
  opened.push(log);
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}; ${ROUNDS} rounds of ${MILLISECONDS} ms; median (quartiles).`,
  );
  const plain: Workload = { keepResults: false };
  const results: Workload = { keepResults: true };
  if (!options.results) {
    const main = await open('main', 'main');
    const worker = await open('worker', 'worker');
    await compare(
      'Empty store',
      log,
      [
        { name: 'main thread', target: main, workload: plain },
        { name: 'worker', target: worker, workload: plain },
      ],
      WRITERS,
    );
  }
  if (!options.quick) {
    const main = await open('main-results', 'main');
    const worker = await open('worker-results', 'worker');
    const variants = [
      { name: 'main thread', target: main, workload: results },
      { name: 'worker', target: worker, workload: results },
    ];
    await compare(
      'Results kept under random request ids (the bare log writes no result)',
      log,
      variants,
      [64],
    );
    await keepResults(main);
    await keepResults(worker);
    await compare(`The same, with ${LIVE} results of before`, log, variants, [64]);
  }
  if (!options.quick && !options.results) {
    const mainLive = await open('main-live', 'main');
    const workerLive = await open('worker-live', 'worker');
    await park(mainLive);
    await park(workerLive);
    await compare(
      `With ${LIVE} live instances of 1 KB`,
      log,
      [
        { name: 'main thread', target: mainLive, workload: plain },
        { name: 'worker', target: workerLive, workload: plain },
      ],
      [64, 256],
    );
  }
  console.log(`\nTook ${((performance.now() - began) / 1000).toFixed(0)} s.`);
} finally {
  for (const target of opened) await target.close();
  rmSync(directory, { recursive: true, force: true });
}
