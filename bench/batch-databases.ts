/**
 * Chunk steps whose checkpoints are durable, against bare loops that make the same rows durable without an engine, in one run.
 *
 * Measured: items per second of wall-clock time (a durable chunk is mostly waiting for the disk) and of CPU time of this process. Contenders take turns;
 * ratios compare within a round. Reported: median and quartiles.
 * "limit": one write and one fdatasync of a record of 300 bytes per chunk, nothing else. "bare": the rows of a chunk and an update of one
 * record in one transaction, with the same statements. PostgreSQL runs on this machine, with its log synced; its own CPU time is not counted.
 * Not measured: network, processors that do something, other disks.
 *
 * Run: node bench/batch-databases.ts [--rounds N] [--chunks N]
 */
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  job,
  JobOperator,
  openDatabase,
  openFolderRepository,
  type SqlDatabase,
  SqlTransactionResource,
  sqlTableWriter,
  type WriterInput,
} from '../src/batch/index.ts';
import { insertRows } from '../src/database/statements/insert-statement.ts';
import { PostgresServer } from '../test/servers/postgres-server.ts';
import { medianAndQuartiles } from './quantiles.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    chunks: { type: 'string', default: '400' },
  },
});
const ROUNDS = Number(flags.rounds);
const CHUNKS = Number(flags.chunks);

const folder = await mkdtemp(join(tmpdir(), 'wm-bench-batch-'));
const server = await PostgresServer.open();
const repository = await openFolderRepository(folder);
const sqlite = await openDatabase(`sqlite:${join(folder, 'items.db')}`);
const postgres = await openDatabase(server.url);
for (const database of [sqlite, postgres]) {
  await database.execute('CREATE TABLE item (id INTEGER NOT NULL)');
  await database.execute('CREATE TABLE place (id INTEGER PRIMARY KEY, record TEXT NOT NULL)');
  await database.execute(`INSERT INTO place VALUES (1, '')`);
}

interface Contender {
  readonly name: string;
  /** Of what the ratio is with. */
  readonly against: string | undefined;
  run(itemCount: number): Promise<void>;
}

async function runJob(itemCount: number, partitions: number, writer: WriterInput<number>): Promise<void> {
  const operator = new JobOperator({ repository });
  const items = (CHUNKS * itemCount) / partitions;
  const definition = job('bench').chunk<number>({
    reader: {
      *from(cursor: number | null) {
        for (let id = (cursor ?? 0) + 1; id <= items; id++) yield id;
      },
      cursor: (id: number) => id,
    },
    writer,
    itemCount,
    ...(partitions === 1 ? {} : { partition: { over: partitions } }),
  });
  const { batchStatus } = await operator.finished(await operator.start(definition));
  if (batchStatus !== 'COMPLETED') throw new Error(`the job is ${batchStatus}`);
}

const inRepository = (partitions: number): Contender => ({
  name: `job, record in the job repository (SQLite), ${partitions} partition${partitions === 1 ? '' : 's'}`,
  against: 'limit: a write and an fdatasync per chunk',
  run: (itemCount) => runJob(itemCount, partitions, () => {}),
});

function inDatabase(kind: string, database: SqlDatabase, partitions: number): Contender {
  const resource = new SqlTransactionResource(database);
  const writer = sqlTableWriter<number>({ resource, table: 'item', columns: ['id'], row: (id) => ({ id }) });
  return {
    name: `job, rows and record in ${kind}, ${partitions} partition${partitions === 1 ? '' : 's'}`,
    against: `bare: rows and record in ${kind}`,
    run: (itemCount) => runJob(itemCount, partitions, writer),
  };
}

const bare = (kind: string, database: SqlDatabase): Contender => ({
  name: `bare: rows and record in ${kind}`,
  against: undefined,
  async run(itemCount) {
    const update = `UPDATE place SET record = ${database.dialect.placeholder(1)} WHERE id = 1`;
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const rows = Array.from({ length: itemCount }, (_, index) => [index]);
      const transaction = await database.begin();
      await insertRows(transaction, { table: 'item', columns: ['id'] }, rows);
      await transaction.execute(update, [String(chunk)]);
      await transaction.commit();
    }
  },
});

const limit: Contender = {
  name: 'limit: a write and an fdatasync per chunk',
  against: undefined,
  run() {
    const file = openSync(join(folder, 'log'), 'a');
    const record = Buffer.alloc(300, 7);
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      writeSync(file, record);
      fdatasyncSync(file);
    }
    return Promise.resolve();
  },
};

const contenders = [
  limit,
  inRepository(1),
  inRepository(2),
  inRepository(4),
  bare('SQLite', sqlite),
  inDatabase('SQLite', sqlite, 1),
  bare('PostgreSQL', postgres),
  inDatabase('PostgreSQL', postgres, 1),
  inDatabase('PostgreSQL', postgres, 2),
  inDatabase('PostgreSQL', postgres, 4),
];

interface Measured {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

async function measure(contender: Contender, itemCount: number): Promise<Measured> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await contender.run(itemCount);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const items = CHUNKS * itemCount;
  return { perSecond: items / seconds, perCpuSecond: (items * 1e6) / (user + system) };
}

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${CHUNKS} chunks\n`,
);
console.log(
  '| item-count | contender | thousand items/s | thousand items per CPU second | rate / that of bare or limit |',
);
console.log('|--:|---|--:|--:|--:|');
for (const itemCount of [10, 1000]) {
  const rounds: Map<string, Measured>[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const measured = new Map<string, Measured>();
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(turn + round + 1) % contenders.length]!;
      measured.set(contender.name, await measure(contender, itemCount));
    }
    if (round >= 0) rounds.push(measured);
  }
  for (const { name, against } of contenders) {
    const all = rounds.map((round) => round.get(name)!);
    const ratios = rounds.map(
      (round) => round.get(name)!.perSecond / (round.get(against ?? name)?.perSecond ?? NaN),
    );
    console.log(
      `| ${itemCount} | ${name} | ${medianAndQuartiles(
        all.map(({ perSecond }) => perSecond / 1000),
        1,
      )} | ${medianAndQuartiles(
        all.map(({ perCpuSecond }) => perCpuSecond / 1000),
        0,
      )} | ${against === undefined ? '' : medianAndQuartiles(ratios, 2)} |`,
    );
  }
}
await repository.close();
await sqlite.close();
await postgres.close();
await server.remove();
await rm(folder, { recursive: true, force: true });
