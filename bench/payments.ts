/**
 * CPU time of a whole payment, over all processes: nodes, load generator with its books, tokeniser, alias lookup and banks.
 *
 * Measured: the payments example as it is (two durable checkpoints, three calls and two replies for each payment), in a
 * closed loop without kills, all outside systems answering at once. CPU time is user and system time of all threads of all
 * processes, taken from /proc (Linux), divided by the payments completed in the same time.
 * With `--nats`: through one NATS server on this machine, whose CPU time counts, and nodes in pairs that keep copies of each other's
 * checkpoints (policy `sync`); so two nodes do the durable writes of two.
 * Not measured: the time of the kernel's own threads (writing back dirty pages), a network, recovery.
 *
 *     npx node bench/payments.ts [--rounds 5] [--seconds 8] [--in-flight 1024] [--nodes 1,4] [--nats 2,4] [--profile <folder>]
 *         [--node-options '<options of Node for the nodes>']
 *
 * With `--profile` each process leaves a CPU profile in the folder, and the figures are not comparable.
 */
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Cluster } from '../examples/payments/processes/cluster.ts';
import { treeCpuSeconds } from '../examples/payments/processes/cpu-time.ts';
import { openRunFolder } from '../examples/payments/run-folder.ts';
import { readVerdict } from '../examples/payments/verdict.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    'in-flight': { type: 'string', default: '1024' },
    nodes: { type: 'string', default: '1,4' },
    nats: { type: 'string', default: '' },
    profile: { type: 'string' },
    'node-options': { type: 'string', default: '' },
  },
});
const rounds = Number(flags.rounds);
const seconds = Number(flags.seconds);
const inFlight = Number(flags['in-flight']);
const ofNodes = flags['node-options'].split(' ').filter((option) => option !== '');
/** Until the compilers of the engine have seen enough. */
const WARM_UP_PAYMENTS_PER_NODE = 10_000;

type Part = 'nodes' | 'generator' | 'simulators' | 'nats';

/** How many nodes, and how they talk. */
interface Configuration {
  readonly nodes: number;
  readonly nats: boolean;
}

/** CPU microseconds per payment, by part, and payments per second of wall-clock time. */
interface Round {
  readonly cpu: Readonly<Record<Part, number>>;
  readonly rate: number;
}

interface Reading {
  readonly at: number;
  readonly completed: number;
  readonly cpu: Record<Part, number>;
}

function partOf(name: string): Part {
  if (name === 'generator' || name === 'simulators') return name;
  return name.startsWith('nats') ? 'nats' : 'nodes';
}

function read(cluster: Cluster): Reading {
  const cpu = { nodes: 0, generator: 0, simulators: 0, nats: 0 };
  for (const [name, pid] of cluster.pids()) cpu[partOf(name)] += treeCpuSeconds(pid);
  return { at: performance.now(), completed: cluster.generatorReport!.completed, cpu };
}

async function run({ nodes, nats }: Configuration): Promise<Round> {
  const folder = openRunFolder(undefined, { seed: 1, nodes });
  const profile = flags.profile === undefined ? undefined : resolve(flags.profile);
  if (profile !== undefined) mkdirSync(profile, { recursive: true });
  let crash: Error | undefined;
  const cluster = new Cluster({
    folder: folder.path,
    network: nats ? { kind: 'own-nats', servers: 1 } : { kind: 'local', folder: folder.mesh },
    nodes,
    simulators: {
      sync: false,
      seed: 1,
      tokeniser: '0',
      aliasLookup: '0',
      banks: { alder: '0', birch: '0', cedar: '0', maple: '0' },
    },
    generator: { sync: false, seed: 1, pattern: { kind: 'in-flight', count: inFlight }, retryAfter: 5000 },
    nodeOptions: (name) => [
      ...(partOf(name) === 'nodes' ? ofNodes : []),
      ...(profile === undefined
        ? []
        : [
            '--cpu-prof',
            `--cpu-prof-dir=${profile}`,
            `--cpu-prof-name=${nats ? 'nats-' : ''}${nodes}-${name}.cpuprofile`,
          ]),
    ],
    onCrash: (error) => (crash ??= error),
  });
  const untilReport = async (isEnough: () => boolean): Promise<void> => {
    do {
      const last = cluster.generatorReport;
      // The moment at which the generator has just reported, so that CPU time and payments belong together.
      while (cluster.generatorReport === last && crash === undefined) await sleep(1);
      if (crash !== undefined) throw crash;
    } while (!isEnough());
  };
  const completed = (): number => cluster.generatorReport!.completed;
  try {
    await cluster.start();
    cluster.startLoad();
    await untilReport(() => completed() >= WARM_UP_PAYMENTS_PER_NODE * nodes);
    const before = read(cluster);
    await sleep(seconds * 1000);
    await untilReport(() => true);
    const after = read(cluster);
    cluster.stopLoad();
    await untilReport(() => !cluster.generatorReport!.loading && cluster.generatorReport!.open === 0);
    await cluster.stop();
    const verdict = readVerdict(cluster.booksFolder);
    if (!verdict.passed) throw new Error(`The run is void: ${JSON.stringify(verdict)}`);
    const payments = after.completed - before.completed;
    const perPayment = (part: Part): number => ((after.cpu[part] - before.cpu[part]) * 1e6) / payments;
    return {
      cpu: {
        nodes: perPayment('nodes'),
        generator: perPayment('generator'),
        simulators: perPayment('simulators'),
        nats: perPayment('nats'),
      },
      rate: payments / ((after.at - before.at) / 1000),
    };
  } finally {
    await cluster.killAll();
    folder.remove();
  }
}

const total = ({ cpu }: Round): number => cpu.nodes + cpu.generator + cpu.simulators + cpu.nats;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const counts = (list: string): number[] => (list === '' ? [] : list.split(',').map(Number));
const configurations: readonly Configuration[] = [
  ...counts(flags.nodes).map((nodes) => ({ nodes, nats: false })),
  ...counts(flags.nats).map((nodes) => ({ nodes, nats: true })),
];
const titleOf = ({ nodes, nats }: Configuration): string => (nats ? `${nodes}, NATS, pairs` : `${nodes}`);
const results = new Map<Configuration, Round[]>(configurations.map((each) => [each, []]));
// Round after round over all configurations, so that a busy minute of the machine does not hit one of them alone.
for (let round = 1; round <= rounds; round++) {
  for (const [configuration, done] of results) {
    const result = await run(configuration);
    done.push(result);
    process.stderr.write(
      `round ${round} of ${rounds}, ${titleOf(configuration)} nodes: ${total(result).toFixed(0)} us CPU, ${result.rate.toFixed(0)} payments/s\n`,
    );
  }
}

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
console.log(
  `${rounds} rounds of ${seconds} s after ${WARM_UP_PAYMENTS_PER_NODE} payments per node, ${inFlight} payments in flight; median (lowest to highest)\n`,
);
console.log(
  '| nodes | CPU us per payment | payments per CPU second | of it nodes | generator | simulators | NATS | payments/s |',
);
console.log('|---:|---:|---:|---:|---:|---:|---:|---:|');
for (const [configuration, done] of results) {
  const totals = done.map(total);
  const part = (name: Part): string => median(done.map(({ cpu }) => cpu[name])).toFixed(0);
  const cells = [
    titleOf(configuration),
    `${median(totals).toFixed(0)} (${Math.min(...totals).toFixed(0)} to ${Math.max(...totals).toFixed(0)})`,
    median(totals.map((microseconds) => 1e6 / microseconds)).toFixed(0),
    part('nodes'),
    part('generator'),
    part('simulators'),
    part('nats'),
    median(done.map(({ rate }) => rate)).toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
