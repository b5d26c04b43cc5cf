/**
 * What instances cost while they are there and when they are gone: the figures for capacity planning.
 *
 * Measured, on real nodes with a real nats-server:
 * - instances that wait (a sleep of a day, with the variables of a payment): bytes of a checkpoint, resident memory and heap of the node, after a
 *   restart too, bytes on its disk;
 * - payments of the example, by one node and by a pair that replicates: bytes of checkpoints, growth of the data folders by kept results,
 *   bytes through NATS, as the server counts them (bodies and headers); what the pair has more is replication.
 * Not measured: larger states, other kinds of waits, what a long-lived process keeps as garbage, several pairs. Sizes hardly depend on the
 * machine or on other work on it. Linux only.
 *
 *     npx node bench/capacity.ts [--instances 50000] [--payments 20000]
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect, createInbox } from '@nats-io/transport-node';
import { freePort } from '../test/servers/nats-server.ts';
import type { LoadReport } from './peers/load-process.ts';
import { MeasuredProcess } from './peers/measured-process.ts';

const { values: flags } = parseArgs({
  options: {
    instances: { type: 'string', default: '50000' },
    payments: { type: 'string', default: '20000' },
  },
});
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PAYMENT_SCRIPTS = here('../examples/payments/scripts');
const WAITING_SCRIPT = `import { checkpoint, reply, sleep } from 'waymark';
export default async function waiting({ payment, card, alias, amount }) {
  const receipt = crypto.randomUUID();
  const token = 'tok_' + card;
  const destination = { bank: 'birch', account: 'AC' + alias };
  const acknowledge = () => reply({ payment, receipt });
  await checkpoint({ commit: acknowledge, recover: acknowledge });
  const order = { payment, token, account: destination.account, amount };
  await checkpoint();
  await sleep('1d');
  return { receipt, bank: destination.bank, ...order };
}\n`;

const started: MeasuredProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'wm-capacity-'));
const end = async (process: MeasuredProcess): Promise<void> => {
  started.splice(started.indexOf(process), 1);
  await process.end();
};

interface Nats {
  readonly url: string;
  /** Bytes of all messages that the server has received. */
  readonly received: () => Promise<number>;
  readonly process: MeasuredProcess;
}

async function startNats(): Promise<Nats> {
  const [port, monitoring] = await Promise.all([freePort(), freePort()]);
  const command = ['nats-server', '-a', '127.0.0.1', '-p', `${port}`, '-m', `${monitoring}`] as const;
  const process = new MeasuredProcess({ name: 'nats-server', command, logs: folder });
  started.push(process);
  await process.until(() => process.output.includes('Server is ready'));
  return {
    url: `nats://127.0.0.1:${port}`,
    process,
    received: async () => {
      const response = await fetch(`http://127.0.0.1:${monitoring}/varz`);
      return ((await response.json()) as { in_bytes: number }).in_bytes;
    },
  };
}

interface Node {
  readonly process: MeasuredProcess;
  readonly data: string;
  /** A metric without labels. */
  readonly metric: (name: string) => Promise<number>;
}

async function startNode(scripts: string, nats: Nats, name: string, isPaired: boolean): Promise<Node> {
  const port = await freePort();
  const data = join(folder, name);
  const identity = isPaired ? ['--node-id', name] : [];
  const options = ['--http', `127.0.0.1:${port}`, '--max-in-flight', '10000000', '--json', ...identity];
  const process = new MeasuredProcess({
    name,
    command: [
      globalThis.process.execPath,
      here('../bin/waymark.js'),
      'serve',
      scripts,
      '--nats',
      nats.url,
      '--data',
      data,
      ...options,
    ],
    logs: folder,
  });
  started.push(process);
  await process.until(() => process.output.includes('"event":"serving"'));
  return {
    process,
    data,
    metric: async (wanted) => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const value = new RegExp(`^${wanted}(?:\\{node="[^"]*"\\})? (\\S+)$`, 'm').exec(text)?.[1];
      if (value === undefined) throw new Error(`There is no metric ${wanted}`);
      return Number(value);
    },
  };
}

/** Bytes of the files in a folder, as `ls` shows them. */
function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

const rows: string[] = [];
const row = (what: string, ...values: string[]): void =>
  void rows.push(`| ${[what, ...values].join(' | ')} |`);
const bytes = (value: number): string => `${value.toFixed(0)} B`;

/** Starts instances that wait until all have their second checkpoint. */
async function park(nats: Nats, node: Node, count: number): Promise<void> {
  const client = await connect({ servers: nats.url });
  const inbox = createInbox();
  let acknowledged = 0;
  let sent = 0;
  const fill = (): void => {
    while (sent < count && sent - acknowledged < 512) {
      const number = sent++;
      const input = {
        payment: `p-${number}`,
        card: `4${String(number).padStart(15, '0')}`,
        alias: `${number}`,
        amount: number,
      };
      client.publish('waiting', JSON.stringify(input), { reply: inbox });
    }
  };
  client.subscribe(inbox, {
    callback: () => {
      acknowledged++;
      fill();
    },
  });
  fill();
  await node.process.until(async () => {
    await sleep(200);
    return (await node.metric('waymark_checkpoints_total')) >= 2 * count;
  });
  await client.close();
}

async function waiting(): Promise<void> {
  const count = Number(flags.instances);
  const scripts = join(folder, 'scripts');
  mkdirSync(scripts);
  writeFileSync(join(scripts, 'waiting.js'), WAITING_SCRIPT);
  const nats = await startNats();
  const memory = async ({ metric }: Node): Promise<[number, number]> => {
    // What restoring or starting has left behind is collected sooner or later.
    let heap = Infinity;
    for (let look = 0; look < 10; look++) {
      heap = Math.min(heap, await metric('nodejs_heap_size_used_bytes'));
      await sleep(200);
    }
    return [await metric('process_resident_memory_bytes'), heap];
  };
  let node = await startNode(scripts, nats, 'waiting', false);
  const empty = await memory(node);
  // The log of the store has its full length while the node runs, and is empty when it has been stopped.
  await end(node.process);
  const emptyDisk = sizeOf(node.data);
  node = await startNode(scripts, nats, 'waiting', false);
  await park(nats, node, count);
  const full = await memory(node);
  const made = await node.metric('waymark_checkpoints_total');
  row('bytes of a checkpoint', bytes((await node.metric('waymark_checkpoint_bytes_total')) / made));
  const each = (a: number, b: number): string => bytes((a - b) / count);
  row('resident memory, when they have just been started', each(full[0], empty[0]));
  row('heap in use, the same', each(full[1], empty[1]));
  await end(node.process);
  row('data folder of the node', each(sizeOf(node.data), emptyDisk));
  node = await startNode(scripts, nats, 'waiting', false);
  await node.process.until(async () => (await node.metric('waymark_instances_in_flight')) >= count);
  const restarted = await memory(node);
  row('resident memory after a restart', each(restarted[0], empty[0]));
  row('heap in use, the same', each(restarted[1], empty[1]));
  row('a node without instances: resident memory', `${(empty[0] / 2 ** 20).toFixed(0)} MiB`);
  await end(node.process);
  await end(nats.process);
}

interface PaymentCosts {
  readonly checkpoint: number;
  readonly nats: number;
  readonly disk: number;
}

async function payments(nodes: number): Promise<PaymentCosts> {
  const nats = await startNats();
  const names = Array.from({ length: nodes }, (_, index) => `pay-${nodes}-${index}`);
  const books = join(folder, `books-${nodes}`);
  mkdirSync(books);
  const simulators = await MeasuredProcess.node(
    'simulators',
    'simulators-process.ts',
    [nats.url, books],
    folder,
  );
  const cluster = await Promise.all(names.map((name) => startNode(PAYMENT_SCRIPTS, nats, name, nodes > 1)));
  if (nodes > 1)
    await Promise.all(
      cluster.map(({ process }) => process.until(() => process.output.includes('"in-step"'))),
    );
  const load = await MeasuredProcess.node('generator', 'load-process.ts', [nats.url, '64'], folder);
  started.push(simulators, load);
  const disk = (): number => cluster.reduce((sum, { data }) => sum + sizeOf(data), 0);
  await load.ask('start');
  const until = async (count: number): Promise<number> => {
    for (;;) {
      const { completed } = await load.ask<LoadReport>('count');
      if (completed >= count) return completed;
      await sleep(50);
    }
  };
  // The log of the store grows at first to the length that it then keeps.
  const wanted = Number(flags.payments);
  const before = { payments: await until(wanted / 2), nats: await nats.received(), disk: disk() };
  const after = { payments: await until(wanted), nats: await nats.received(), disk: disk() };
  let sum = 0;
  let made = 0;
  for (const { metric } of cluster) {
    sum += await metric('waymark_checkpoint_bytes_total');
    made += await metric('waymark_checkpoints_total');
  }
  await load.ask('stop');
  for (const process of [load, ...cluster.map(({ process: one }) => one), simulators, nats.process])
    await end(process);
  const each = (which: 'nats' | 'disk'): number =>
    (after[which] - before[which]) / (after.payments - before.payments);
  return { checkpoint: sum / made, nats: each('nats'), disk: each('disk') };
}

try {
  await waiting();
  console.log(`| ${flags.instances} instances that wait, each | |\n|---|--:|\n${rows.join('\n')}\n`);
  rows.length = 0;
  const one = await payments(1);
  const pair = await payments(2);
  row('bytes of a checkpoint', bytes(one.checkpoint), bytes(pair.checkpoint));
  row('data folders grow by (its result is kept)', bytes(one.disk), bytes(pair.disk));
  row('through NATS', bytes(one.nats), bytes(pair.nats));
  row('of it replication', '', bytes(pair.nats - one.nats));
  console.log(`| ${flags.payments} payments, each | one node | a pair |\n|---|--:|--:|\n${rows.join('\n')}`);
} finally {
  for (const process of started.toReversed()) await process.end();
  rmSync(folder, { recursive: true, force: true });
}
