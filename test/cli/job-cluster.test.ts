/** A job whose partitions run on several nodes: real processes, on the local mesh and on a real NATS server. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../node/node-under-test.ts';
import { PostgresServer } from '../servers/postgres-server.ts';
import type { WaymarkProcess } from './waymark-process.ts';
import { type ClusterTransport, eventsOf, JobCluster, type Line } from './job-cluster.ts';

const PARTITIONS = 6;
const ITEMS = 40;
const CHUNK = 5;

/**
 * Writes to a file, without transactions; an analyzer notes what it is told, in the process of the job. From the item HOLD on each chunk
 * stays in its writer until the test lets them go on: what happens meanwhile does not depend on the speed of any process.
 */
const PLAIN = `
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ArtifactContext, job } from 'waymark/batch';

export default job('spread').chunk({
  id: 'load',
  reader: {
    *from(cursor: number | null, { partition }: ArtifactContext) {
      const until = Number(partition!.properties['items']);
      for (let item = (cursor ?? 0) + 1; item <= until; item++) yield item;
    },
    cursor: (item: number) => item,
  },
  writer: async (items: readonly number[], { partition, step }) => {
    step!.persistentUserData = new Map([['last', items.at(-1)]]);
    const line = (item: number) => \`\${process.env.NAME} \${partition!.index} \${item}\\n\`;
    appendFileSync('out.txt', items.map(line).join(''));
    while (items.at(-1)! >= Number(process.env.HOLD ?? Infinity) && !existsSync('go')) await sleep(20);
    await sleep(Number(process.env.SLOW ?? 10));
  },
  itemCount: ${CHUNK},
  partition: {
    over: Array.from({ length: ${PARTITIONS} }, () => ({ items: '${ITEMS}' })),
    nodes: 'all',
    collector: ({ partition, step }) => ({ partition: partition!.index, by: process.env.NAME, data: step!.persistentUserData }),
    analyzer: () => ({
      analyzeCollectorData: (told: any) =>
        appendFileSync('told.txt', \`\${process.env.NAME} \${told.by} \${told.partition} \${told.data.get('last')}\\n\`),
      analyzeStatus: (status: string) => appendFileSync('told.txt', \`\${process.env.NAME} \${status}\\n\`),
    }),
  },
});
`;

const ALL = Array.from({ length: PARTITIONS }, (_, partition) =>
  Array.from({ length: ITEMS }, (_item, index) => `${partition} ${index + 1}`),
).flat();
const itemsOf = (lines: readonly Line[]): string[] =>
  lines.map(({ partition, item }) => `${partition} ${item}`);
const different = (lines: readonly Line[]): Set<string> => new Set(itemsOf(lines));

let cluster: JobCluster;
afterEach(() => cluster.close());

const goOn = (): Promise<void> => writeFile(join(cluster.folder, 'go'), '');
const nodesOf = (lines: readonly Line[]): Set<string> => new Set(lines.map(({ node }) => node));
/** Every node that is named has written as many chunks. */
const wrote = (chunks: number, ...nodes: readonly string[]): Promise<void> =>
  until(async () => {
    const lines = await cluster.lines();
    return nodes.every((name) => lines.filter(({ node }) => node === name).length >= chunks * CHUNK);
  });
/** Two partitions of each node hold with their second chunk. */
const SECOND_CHUNK = { HOLD: `${2 * CHUNK}`, SLOW: '150' };
/** A node that is killed is missed after half of it. */
const SHORT_LEASE = '10s';
const FIRST_CHUNK = { HOLD: `${CHUNK}` };

describe.each<ClusterTransport>(['mesh', 'nats'])('%s', (transport) => {
  test('every node runs partitions; their data, status and counts come to the node of the job', async () => {
    cluster = await JobCluster.open(transport, PLAIN);
    await cluster.serveAll(['a', 'b', 'c'], FIRST_CHUNK);
    const started = cluster.start('b');
    await wrote(1, 'a', 'b', 'c');
    await goOn();
    expect(await started.ended).toMatchObject({ code: 0 });
    const { stdout, stderr } = await cluster.run('job', 'show', 'spread', '--data', 'data/b', '--json');
    expect(stderr).toBe('');
    const lines = await cluster.lines();
    expect(itemsOf(lines).toSorted()).toEqual(ALL.toSorted());
    expect(nodesOf(lines)).toEqual(new Set(['a', 'b', 'c']));
    const told = (await readFile(join(cluster.folder, 'told.txt'), 'utf8')).trim().split('\n');
    // Eight chunks, and the end.
    expect(told.filter((line) => /^b [abc] \d+ \d+$/.test(line))).toHaveLength(PARTITIONS * 9);
    expect(told.filter((line) => line === 'b COMPLETED')).toHaveLength(PARTITIONS);
    expect(JSON.parse(stdout)).toMatchObject({
      batchStatus: 'COMPLETED',
      steps: [{ metrics: { readCount: 240, writeCount: 240 } }],
    });
  });

  test('a node is killed: its partitions go on elsewhere after their last chunks', async () => {
    cluster = await JobCluster.open(transport, PLAIN, SHORT_LEASE);
    const [a, , c] = await cluster.serveAll(['a', 'b', 'c'], SECOND_CHUNK);
    const started = cluster.start('a');
    await wrote(4, 'c');
    c!.kill('SIGKILL');
    await c!.ended;
    await goOn();
    expect(await started.ended).toMatchObject({ code: 0 });
    expect(eventsOf(a!, 'partition-moved').map(({ job, step }) => [job, step])).toEqual([
      ['spread', 'load'],
      ['spread', 'load'],
    ]);
    const lines = await cluster.lines();
    expect(different(lines)).toEqual(new Set(ALL));
    // One chunk of each of the two partitions that were there may be written again.
    expect(lines.length - ALL.length).toBeLessThanOrEqual(2 * CHUNK);
    const { stdout } = await cluster.run('job', 'show', 'spread', '--data', 'data/a', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ steps: [{ metrics: { readCount: 240, writeCount: 240 } }] });
  });

  test('the node of the job is killed: when it is there again the job goes on, and nobody runs a partition twice', async () => {
    cluster = await JobCluster.open(transport, PLAIN, SHORT_LEASE);
    const [a] = await cluster.serveAll(['a', 'b', 'c'], SECOND_CHUNK);
    cluster.start('a');
    await wrote(4, 'b');
    a!.kill('SIGKILL');
    await a!.ended;
    await goOn();
    const again = cluster.serve('a');
    await again.said('"event":"job-restarted"');
    await again.said('"batchStatus":"COMPLETED"');
    const lines = await cluster.lines();
    expect(different(lines)).toEqual(new Set(ALL));
    expect(lines.length - ALL.length).toBeLessThanOrEqual(PARTITIONS * CHUNK);
  });
});

test('a node that stops lets its partitions come to a checkpoint: nothing is written twice', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  const [a, b] = await cluster.serveAll(['a', 'b', 'c'], { ...FIRST_CHUNK, SLOW: '500' });
  const started = cluster.start('a');
  await wrote(2, 'b');
  b!.kill('SIGTERM');
  await b!.said('"event":"stopping"');
  await goOn();
  expect(await b!.ended).toEqual({ code: 0, signal: null });
  expect(await started.ended).toMatchObject({ code: 0 });
  expect(eventsOf(a!, 'partition-moved').length).toBeGreaterThan(0);
  expect(itemsOf(await cluster.lines()).toSorted()).toEqual(ALL.toSorted());
});

test('nodes that share a repository: when the node of a job is killed, the job goes on on another one', async () => {
  const postgres = await PostgresServer.open();
  try {
    cluster = await JobCluster.open('mesh', PLAIN, SHORT_LEASE);
    const shared = ['--job-repository', postgres.url];
    const nodes = ['a', 'b', 'c'].map((name) => cluster.serve(name, SECOND_CHUNK, shared));
    await Promise.all(nodes.map((node) => node.said('"event":"serving"')));
    cluster.start('a', '--repository', postgres.url);
    await wrote(4, 'b');
    nodes[0]!.kill('SIGKILL');
    await nodes[0]!.ended;
    await goOn();
    const [, b, c] = nodes as [WaymarkProcess, WaymarkProcess, WaymarkProcess];
    await Promise.race([b.said('"batchStatus":"COMPLETED"'), c.said('"batchStatus":"COMPLETED"')]);
    expect([...eventsOf(b, 'job-restarted'), ...eventsOf(c, 'job-restarted')]).toHaveLength(1);
    expect([...eventsOf(b, 'job-problem'), ...eventsOf(c, 'job-problem')]).toEqual([]);
    const lines = await cluster.lines();
    expect(different(lines)).toEqual(new Set(ALL));
    expect(lines.length - ALL.length).toBeLessThanOrEqual(PARTITIONS * CHUNK);
  } finally {
    await cluster.close();
    await postgres.remove();
  }
});

test('a stop reaches partitions on all nodes; a restart goes on after their last chunks', async () => {
  cluster = await JobCluster.open('mesh', PLAIN, '15s');
  // Seven chunks take much longer than the node of the job to hear of the stop: a third of its lease.
  await cluster.serveAll(['a', 'b', 'c'], { ...FIRST_CHUNK, SLOW: '2000' });
  const started = cluster.start('a');
  await wrote(2, 'a', 'b', 'c');
  const stop = cluster.begin('job', 'stop', 'spread', '--data', 'data/a');
  await stop.said('is asked to stop');
  await goOn();
  expect(await stop.ended).toMatchObject({ code: 0 });
  await started.ended;
  const before = await cluster.lines();
  expect(before.length).toBeLessThan(ALL.length);
  expect(await cluster.run('job', 'restart', 'jobs/spread.ts', '--data', 'data/a')).toMatchObject({
    code: 0,
  });
  expect(itemsOf(await cluster.lines()).toSorted()).toEqual(ALL.toSorted());
});

test('a node with other code is told of, and gets nothing; one with the same code elsewhere does', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  const job = join(cluster.folder, 'jobs/spread.ts');
  await cp(join(cluster.folder, 'jobs'), join(cluster.folder, 'same/jobs'), { recursive: true });
  await cp(join(cluster.folder, 'jobs'), join(cluster.folder, 'other/jobs'), { recursive: true });
  await writeFile(join(cluster.folder, 'other/jobs/spread.ts'), `${await readFile(job, 'utf8')}// changed\n`);
  const a = cluster.serve('a', FIRST_CHUNK);
  const b = cluster.serve('b', FIRST_CHUNK, ['--jobs', 'same/jobs']);
  const c = cluster.serve('c', FIRST_CHUNK, ['--jobs', 'other/jobs']);
  for (const node of [a, b, c]) await node.said('"event":"serving"');
  const started = cluster.start('a');
  await a.said('"event":"partitions-refused"');
  await wrote(1, 'a', 'b');
  await goOn();
  expect(await started.ended).toMatchObject({ code: 0 });
  expect(nodesOf(await cluster.lines())).toEqual(new Set(['a', 'b']));
  expect(eventsOf(a, 'partitions-refused')).toMatchObject([{ job: 'spread', error: { code: 'WM9075' } }]);
});

test('a module that was edited after its node had begun is found out where it is loaded', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  await cp(join(cluster.folder, 'jobs'), join(cluster.folder, 'same/jobs'), { recursive: true });
  const a = cluster.serve('a', FIRST_CHUNK);
  const b = cluster.serve('b', FIRST_CHUNK, ['--jobs', 'same/jobs']);
  for (const node of [a, b]) await node.said('"event":"serving"');
  await writeFile(join(cluster.folder, 'same/jobs/spread.ts'), `${PLAIN}// changed\n`);
  const started = cluster.start('a');
  await a.said('"event":"partitions-refused"');
  await goOn();
  expect(await started.ended).toMatchObject({ code: 0 });
  expect(itemsOf(await cluster.lines()).toSorted()).toEqual(ALL.toSorted());
  expect(nodesOf(await cluster.lines())).toEqual(new Set(['a']));
  expect(eventsOf(a, 'partitions-refused')).not.toEqual([]);
});

test('alone, a node runs all partitions itself; one that comes later takes what waits', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  await cluster.serveAll(['a'], FIRST_CHUNK);
  const started = cluster.start('a');
  await wrote(2, 'a');
  await cluster.serveAll(['b'], FIRST_CHUNK);
  await wrote(2, 'b');
  await goOn();
  expect(await started.ended).toMatchObject({ code: 0 });
  const lines = await cluster.lines();
  expect(itemsOf(lines).toSorted()).toEqual(ALL.toSorted());
  expect(nodesOf(lines)).toEqual(new Set(['a', 'b']));
});
