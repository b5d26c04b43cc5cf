/**
 * Nodes that share the partitions of a job are killed and stand still at random points until the job has completed: how often is each row there?
 *
 *     node test/cli/job-cluster-kills.ts [rounds] [seed]     a round for each transport and database
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../examples/payments/seeded-random.ts';
import { PostgresServer } from '../servers/postgres-server.ts';
import { type ClusterTransport, eventsOf, JobCluster } from './job-cluster.ts';
import type { WaymarkProcess } from './waymark-process.ts';
import { openDatabase } from '../../src/database/open-database.ts';

const PARTITIONS = 6;
const EACH = 80;

/** Rows in transactions, and the same as lines of a file, without. */
const JOB = `
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ArtifactContext, inTransaction, job, openDatabase, SqlTransactionResource } from 'waymark/batch';

const database = await openDatabase(process.env.DATABASE!);
const resource = new SqlTransactionResource(database);

export const close = () => database.close();

const numbers = {
  *from(cursor: number | null, _context: ArtifactContext) {
    for (let item = (cursor ?? 0) + 1; item <= ${EACH}; item++) yield item;
  },
  cursor: (item: number) => item,
};
const partition = { over: ${PARTITIONS}, nodes: 'all' } as const;

export default job('spread')
  .chunk({
    id: 'rows',
    reader: numbers,
    processor: (value: number, { partition }) => ({ part: partition!.index, value }),
    writer: inTransaction(resource, async (items: readonly { part: number; value: number }[], { sql }) => {
      for (const { part, value } of items) await sql.execute(\`INSERT INTO item VALUES (\${part}, \${value})\`);
      await sleep(150);
    }),
    itemCount: 5,
    retry: [Error],
    retryLimit: 50,
    partition,
  })
  .chunk({
    id: 'lines',
    reader: numbers,
    writer: async (items: readonly number[], { partition }) => {
      appendFileSync('out.txt', items.map((item) => \`\${process.env.NAME} \${partition!.index} \${item}\\n\`).join(''));
      await sleep(150);
    },
    itemCount: 5,
    partition,
  });
`;

export interface KillsReport {
  readonly rows: number;
  readonly differentRows: number;
  readonly lines: number;
  readonly differentLines: number;
  readonly expected: number;
  readonly kills: number;
  readonly pauses: number;
  readonly moved: number;
  readonly restarts: number;
}

/**
 * @param address Of a database that all nodes reach; its table `item` is made here.
 * @param random Numbers from 0 to 1.
 * @throws if the job does not complete within five minutes
 */
export async function killAndCount(
  transport: ClusterTransport,
  address: string,
  random: () => number,
): Promise<KillsReport> {
  const database = await openDatabase(address);
  await database.execute('DROP TABLE IF EXISTS item');
  await database.execute('CREATE TABLE item (part INTEGER, value INTEGER)');
  const cluster = await JobCluster.open(transport, JOB, '5s');
  const environment = { DATABASE: address };
  const names = ['a', 'b', 'c'];
  const nodes = new Map<string, WaymarkProcess>();
  const all: WaymarkProcess[] = [];
  const begin = async (name: string): Promise<void> => {
    const node = cluster.serve(name, environment);
    nodes.set(name, node);
    all.push(node);
    await node.said('"event":"serving"');
  };
  try {
    await Promise.all(names.map(begin));
    cluster.start('a');
    await nodes.get('a')!.said('"event":"job-started"');
    const deadline = Date.now() + 280_000;
    let kills = 0;
    let pauses = 0;
    while (!all.some(({ stderr }) => stderr.includes('"batchStatus":"COMPLETED"'))) {
      if (Date.now() > deadline || all.some(({ stderr }) => stderr.includes('"batchStatus":"FAILED"'))) {
        const { stdout, stderr: errors } = await cluster.run('job', 'show', 'spread', '--data', 'data/a');
        throw new Error(
          `the job does not complete:\n${stdout}${errors}\n${all.map(({ stderr }) => stderr).join('\n')}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 200 + random() * 1500));
      const name = names[Math.floor(random() * names.length)]!;
      const node = nodes.get(name)!;
      if (random() < 0.3) {
        // Longer than its lease: others have gone on when it does.
        node.kill('SIGSTOP');
        await new Promise((resolve) => setTimeout(resolve, 2500));
        node.kill('SIGCONT');
        pauses++;
      } else if (kills < 6) {
        node.kill('SIGKILL');
        await node.ended;
        await begin(name);
        kills++;
      }
    }
    const [row] = await database.query<{ rows: number; kinds: number }>(
      'SELECT count(*) AS rows, count(DISTINCT part * 1000 + value) AS kinds FROM item',
    );
    const lines = (await cluster.lines()).map(({ partition, item }) => partition * 1000 + item);
    const count = (event: string): number => all.reduce((sum, node) => sum + eventsOf(node, event).length, 0);
    return {
      rows: Number(row!.rows),
      differentRows: Number(row!.kinds),
      lines: lines.length,
      differentLines: new Set(lines).size,
      expected: PARTITIONS * EACH,
      kills,
      pauses,
      moved: count('partition-moved'),
      restarts: count('job-restarted'),
    };
  } finally {
    await cluster.close();
    await database.close();
  }
}

if (import.meta.main) {
  const [rounds = '5', first = '1'] = process.argv.slice(2);
  const folder = await mkdtemp(join(tmpdir(), 'wm-kills-'));
  const postgres = await PostgresServer.open();
  try {
    for (let seed = Number(first); seed < Number(first) + Number(rounds); seed++) {
      const [transport, address] =
        seed % 2 === 1
          ? (['mesh', `sqlite:${join(folder, 'items.db')}`] as const)
          : (['nats', postgres.url] as const);
      const report = await killAndCount(transport, address, seededRandom(seed));
      process.stdout.write(`${seed} ${transport} ${address.split(':', 1)[0]} ${JSON.stringify(report)}\n`);
      const { rows, differentRows, differentLines, expected } = report;
      if (rows !== expected || differentRows !== expected || differentLines !== expected)
        process.exitCode = 1;
    }
  } finally {
    await postgres.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
