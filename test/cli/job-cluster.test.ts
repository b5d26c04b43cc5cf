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

/** Writes to a file, without transactions; an analyzer notes what it is told, in the process of the job. */
const PLAIN = `
import { appendFileSync } from 'node:fs';
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

describe.each<ClusterTransport>(['mesh', 'nats'])('%s', (transport) => {
  test('every node runs partitions; their data, status and counts come to the node of the job', async () => {
    cluster = await JobCluster.open(transport, PLAIN);
    await cluster.serveAll(['a', 'b', 'c']);
    const { code, stdout, stderr } = await cluster.start('b').ended.then(async (ended) => ({
      ...ended,
      ...(await cluster.run('job', 'show', 'spread', '--data', 'data/b', '--json')),
    }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = await cluster.lines();
    expect(itemsOf(lines).toSorted()).toEqual(ALL.toSorted());
    expect(new Set(lines.map(({ node }) => node))).toEqual(new Set(['a', 'b', 'c']));
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
    cluster = await JobCluster.open(transport, PLAIN);
    const [a, , c] = await cluster.serveAll(['a', 'b', 'c'], { SLOW: '150' });
    const started = cluster.start('a');
    await until(async () => (await cluster.lines()).filter(({ node }) => node === 'c').length >= 3 * CHUNK);
    c!.kill('SIGKILL');
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
    cluster = await JobCluster.open(transport, PLAIN);
    const [a] = await cluster.serveAll(['a', 'b', 'c'], { SLOW: '150' });
    cluster.start('a');
    await until(async () => (await cluster.lines()).filter(({ node }) => node === 'b').length >= 3 * CHUNK);
    a!.kill('SIGKILL');
    await a!.ended;
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
  const [a, b] = await cluster.serveAll(['a', 'b', 'c'], { SLOW: '300' });
  const started = cluster.start('a');
  await until(async () => (await cluster.lines()).some(({ node }) => node === 'b'));
  b!.kill('SIGTERM');
  expect(await b!.ended).toEqual({ code: 0, signal: null });
  expect(await started.ended).toMatchObject({ code: 0 });
  expect(eventsOf(a!, 'partition-moved').length).toBeGreaterThan(0);
  expect(itemsOf(await cluster.lines()).toSorted()).toEqual(ALL.toSorted());
});

test('nodes that share a repository: when the node of a job is killed, the job goes on on another one', async () => {
  const postgres = await PostgresServer.open();
  try {
    cluster = await JobCluster.open('mesh', PLAIN);
    const shared = ['--job-repository', postgres.url];
    const nodes = ['a', 'b', 'c'].map((name) => cluster.serve(name, { SLOW: '150' }, shared));
    await Promise.all(nodes.map((node) => node.said('"event":"serving"')));
    cluster.start('a', '--repository', postgres.url);
    await until(async () => (await cluster.lines()).filter(({ node }) => node === 'b').length >= 3 * CHUNK);
    nodes[0]!.kill('SIGKILL');
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
  cluster = await JobCluster.open('mesh', PLAIN);
  await cluster.serveAll(['a', 'b', 'c'], { SLOW: '150' });
  const started = cluster.start('a');
  await until(async () => (await cluster.lines()).length >= 8 * CHUNK);
  expect(await cluster.run('job', 'stop', 'spread', '--data', 'data/a')).toMatchObject({ code: 0 });
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
  const a = cluster.serve('a');
  const b = cluster.serve('b', {}, ['--jobs', 'same/jobs']);
  const c = cluster.serve('c', {}, ['--jobs', 'other/jobs']);
  for (const node of [a, b, c]) await node.said('"event":"serving"');
  expect(await cluster.start('a').ended).toMatchObject({ code: 0 });
  expect(new Set((await cluster.lines()).map(({ node }) => node))).toEqual(new Set(['a', 'b']));
  expect(eventsOf(a, 'partitions-refused')).toMatchObject([{ job: 'spread', error: { code: 'WM9075' } }]);
});

test('a module that was edited after its node had begun is found out where it is loaded', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  await cp(join(cluster.folder, 'jobs'), join(cluster.folder, 'same/jobs'), { recursive: true });
  const a = cluster.serve('a');
  const b = cluster.serve('b', {}, ['--jobs', 'same/jobs']);
  for (const node of [a, b]) await node.said('"event":"serving"');
  await writeFile(join(cluster.folder, 'same/jobs/spread.ts'), `${PLAIN}// changed\n`);
  expect(await cluster.start('a').ended).toMatchObject({ code: 0 });
  expect(itemsOf(await cluster.lines()).toSorted()).toEqual(ALL.toSorted());
  expect(new Set((await cluster.lines()).map(({ node }) => node))).toEqual(new Set(['a']));
  expect(eventsOf(a, 'partitions-refused')).not.toEqual([]);
});

test('alone, a node runs all partitions itself; one that comes later takes what waits', async () => {
  cluster = await JobCluster.open('mesh', PLAIN);
  await cluster.serveAll(['a'], { SLOW: '150' });
  const started = cluster.start('a');
  await until(async () => (await cluster.lines()).length >= CHUNK);
  await cluster.serveAll(['b'], { SLOW: '150' });
  expect(await started.ended).toMatchObject({ code: 0 });
  const lines = await cluster.lines();
  expect(itemsOf(lines).toSorted()).toEqual(ALL.toSorted());
  expect(new Set(lines.map(({ node }) => node))).toEqual(new Set(['a', 'b']));
});
