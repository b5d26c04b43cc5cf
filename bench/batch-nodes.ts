/**
 * What a durable chunk costs in a partition that runs elsewhere: in the thread of the job, in a worker thread of its process, and on another node, whose
 * chunk records travel to the job's process and are answered when they are durable. In one run.
 *
 * Measured: chunks per second of 1 and 4 partitions that run at the same time, and CPU time per chunk, of all processes together. Items are numbers
 * that cost nothing; the job repository is SQLite in a folder; the nodes are two processes of this machine, over the local mesh and over NATS (`--nats`).
 * A round before the measured ones begins the threads' code. Reported: median, lowest and highest of the rounds.
 * Not measured: work that keeps cores busy (there more cores win what they are), networks between machines.
 *
 * Run: node bench/batch-nodes.ts [--rounds N] [--chunks N] [--nats nats://127.0.0.1:4222]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import {
  type ArtifactContext,
  job,
  type JobBuilder,
  JobOperator,
  openFolderRepository,
  processEnvironment,
} from '../src/batch/index.ts';
import { ArtifactRegistry } from '../src/batch/artifacts/artifact-registry.ts';
import { workerSourceOf } from '../src/batch/definition/worker-source.ts';
import { ClusterMember } from '../src/batch/nodes/cluster-member.ts';
import type { PartitionNodes } from '../src/batch/nodes/partition-nodes.ts';
import { codeHashOf } from '../src/batch/workers/code-hash.ts';
import { openLocalTransport } from '../src/transport/local/open-local-transport.ts';
import { openNatsTransport } from '../src/transport/nats/open-nats-transport.ts';
import type { Transport } from '../src/transport/transport.ts';
import { medianAndRange } from './quantiles.ts';

const ITEMS = 10;

const jobOf = (id: string, partitions: number, where: { workers?: number; nodes?: 'all' }): JobBuilder =>
  job(`${id}-${partitions}`, { module: import.meta.url }).chunk<number>({
    reader: ({ job: { parameters } }: ArtifactContext) =>
      Array.from({ length: (Number(parameters['chunks']) * ITEMS) / partitions }, (_, index) => index),
    writer: () => {},
    itemCount: ITEMS,
    partition: { over: partitions, ...where },
  });

export const here1 = jobOf('here', 1, {});
export const here4 = jobOf('here', 4, {});
export const threads1 = jobOf('threads', 1, { workers: 1 });
export const threads4 = jobOf('threads', 4, { workers: 4 });
export const node1 = jobOf('node', 1, { nodes: 'all' });
export const node4 = jobOf('node', 4, { nodes: 'all' });

const CONTENDERS = [
  ['1 partition, thread of the job', here1],
  ['1 partition, worker thread', threads1],
  ['1 partition, another node', node1],
  ['4 partitions, thread of the job', here4],
  ['4 partitions, worker threads', threads4],
  ['4 partitions, another node', node4],
] as const;

async function join_(place: string, id: string, capacity: number): Promise<[ClusterMember, Transport]> {
  let transport: Transport;
  if (place.startsWith('nats:')) {
    const opened = openNatsTransport({ servers: place });
    await opened.connected;
    ({ transport } = opened);
  } else transport = await openLocalTransport({ directory: place });
  const jobs = new Map(
    await Promise.all(
      CONTENDERS.map(async ([, definition]) => {
        const source = workerSourceOf(definition, new ArtifactRegistry())!;
        return [definition.id, { source, codeHash: await codeHashOf(source) }] as const;
      }),
    ),
  );
  const member = await ClusterMember.open({
    transport,
    prefix: 'bench',
    id,
    name: id,
    host: '',
    capacity,
    leaseMs: 20_000,
    environment: processEnvironment,
    jobs,
    onEvent: (event) => console.error(event),
    onError: (error) => console.error(error),
  });
  return [member, transport];
}

/** CPU time of another process so far, ms. */
async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [ms] = (await once(child, 'message')) as [number];
  return ms;
}

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

if (isMainThread && import.meta.main) {
  const [mode, place, id] = process.argv.slice(2);
  if (mode === 'node') {
    await join_(place!, id!, 4);
    process.on('message', () => process.send!(ownCpu()));
    process.send!('ready');
  } else {
    const { values: flags } = parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        chunks: { type: 'string', default: '1000' },
        nats: { type: 'string' },
      },
    });
    const folder = await mkdtemp(join(tmpdir(), 'wm-bn-'));
    const meeting = flags.nats ?? join(folder, 'mesh');
    const child = fork(new URL(import.meta.url), ['node', meeting, 'other']);
    await once(child, 'message');
    const [member, transport] = await join_(meeting, 'home', 0);
    while (member.nodesFor('node-1').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // This process runs none itself.
    const nodes: PartitionNodes = {
      capacity: 0,
      nodesFor: (name) => member.nodesFor(name),
      onChange: (changed) => member.onChange(changed),
      report: (event) => member.report(event),
    };
    const repository = await openFolderRepository(folder);
    const operator = new JobOperator({ repository, nodes });
    const chunks = Number(flags.chunks);
    const run = async (definition: JobBuilder, count: number): Promise<void> => {
      const { batchStatus } = await operator.finished(
        await operator.start(definition, { chunks: String(count) }),
      );
      if (batchStatus !== 'COMPLETED') throw new Error(`the job is ${batchStatus}`);
    };
    const rates = CONTENDERS.map((): number[] => []);
    const costs = CONTENDERS.map((): number[] => []);
    for (const [, definition] of CONTENDERS) await run(definition, 40);
    // What threads cost that begin and do nothing else is told apart from what a chunk costs.
    for (let round = 0; round < Number(flags.rounds); round++) {
      for (let turn = 0; turn < CONTENDERS.length; turn++) {
        const which = (turn + round) % CONTENDERS.length;
        const [, definition] = CONTENDERS[which]!;
        const took = async (count: number): Promise<{ wall: number; cpu: number }> => {
          const cpu = ownCpu() + (await cpuOf(child));
          const begun = performance.now();
          await run(definition, count);
          const wall = performance.now() - begun;
          return { wall, cpu: ownCpu() + (await cpuOf(child)) - cpu };
        };
        const few = await took(40);
        const many = await took(40 + chunks);
        rates[which]!.push((1000 * chunks) / (many.wall - few.wall));
        costs[which]!.push((1000 * (many.cpu - few.cpu)) / chunks);
      }
    }
    console.log(
      `${cpus()[0]?.model}, ${availableParallelism()} cores, load average ${loadavg()[0]!.toFixed(1)}, Node.js ${process.version}, ${flags.nats === undefined ? 'local mesh' : 'NATS'}, ${chunks} chunks of ${ITEMS} items, ${flags.rounds} rounds\n`,
    );
    console.log('| contender | chunks per second | CPU us per chunk |\n|---|--:|--:|');
    for (const [which, [name]] of CONTENDERS.entries())
      console.log(`| ${name} | ${medianAndRange(rates[which]!, 0)} | ${medianAndRange(costs[which]!, 0)} |`);
    await operator.close();
    await repository.close();
    await member.close();
    await transport.close();
    child.disconnect();
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
