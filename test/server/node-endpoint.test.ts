/** What a node shows over HTTP, read from a real node and asked over a real socket. */
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { healthOf } from '../../src/server/health.ts';
import { METRIC_GROUPS } from '../../src/server/metrics/catalogue.ts';
import { noMetrics } from '../../src/batch/engine/metrics.ts';
import { JobStatistics } from '../../src/server/jobs/job-statistics.ts';
import type { NatsSample } from '../../src/server/metrics/node-sample.ts';
import {
  type NodeEndpoint,
  type NodeEndpointOptions,
  openNodeEndpoint,
} from '../../src/server/node-endpoint.ts';
import type { NodeStatus, WaymarkNode } from '../../src/node/node.ts';
import { openSqliteStore, type SqliteCheckpointStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { Bench } from '../node/node-under-test.ts';
import { serverProgram } from '../servers/server-process.ts';

const SCRIPT = `import { call, checkpoint, reply } from 'waymark';
export default async function order({ id }: { id: number }) {
  await checkpoint({ commit: () => reply({ accepted: id }) });
  if (id < 0) throw new Error('negative');
  const { left } = await call<{ left: number }>('stock', { id });
  await checkpoint();
  return { id, left };
}`;
const CONNECTED: NatsSample = {
  state: 'connected',
  server: '127.0.0.1:4222',
  reason: undefined,
  failures: 0,
  lost: 0,
  waitingBytes: 0,
};

let bench: Bench;
let store: SqliteCheckpointStore;
const endpoints: NodeEndpoint[] = [];

beforeEach(async () => {
  bench = await Bench.open();
  store = await openSqliteStore({ directory: `${bench.root}/data` });
});
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close();
  await bench.close();
  await store.close();
});

async function open(options: Partial<NodeEndpointOptions>): Promise<NodeEndpoint> {
  const endpoint = await openNodeEndpoint({
    address: { host: '127.0.0.1', port: 0 },
    nodeId: 'node-0',
    dataFolder: bench.root,
    storeStats: () => store.stats(),
    storeLimitMs: 250_000,
    nats: undefined,
    status: () => undefined,
    reportError: (error) => {
      throw error;
    },
    ...options,
  });
  endpoints.push(endpoint);
  return endpoint;
}

async function served(): Promise<WaymarkNode> {
  await bench.write('order.ts', SCRIPT);
  await bench.service('stock', () => ({ left: 3 }));
  const node = await bench.node({ store });
  await node.recovered;
  return node;
}

/** Values by name and labels: `waymark_instances_started_total{script="order"}`. The label `node` is cut off. */
async function scrape({ url }: NodeEndpoint): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  const text = await response.text();
  const checked = spawnSync(serverProgram('promtool'), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  expect(checked).toMatchObject({ status: 0, stderr: '' });
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      const key = line.slice(0, at).replace(/,?node="node-0"/, '');
      return [key.replace('{}', ''), Number(line.slice(at + 1))];
    }),
  );
}

test('instances, checkpoints, calls and the store are counted', async () => {
  const node = await served();
  const endpoint = await open({ status: () => node.status(), nats: () => CONNECTED });
  const before = await scrape(endpoint);
  // Zeros from the beginning, so that the first one is seen to be one more.
  expect(before.get('waymark_instances_started_total{script="order"}')).toBe(0);
  for (const id of [1, 2, 3]) await bench.ask('order', { id }, { requestId: `r-${id}` });
  await bench.ask('order', { id: -1 });
  await bench.ask('order', { id: 2 }, { requestId: 'r-2' });
  const after = await scrape(endpoint);
  const expected = {
    'waymark_node_state{state="serving"}': 1,
    'waymark_node_state{state="recovering"}': 0,
    waymark_scripts_served: 1,
    waymark_scripts_refused: 0,
    'waymark_instances_started_total{script="order"}': 4,
    'waymark_instances_completed_total{script="order"}': 3,
    'waymark_instances_failed_total{script="order"}': 1,
    'waymark_instance_duration_seconds_count{script="order"}': 4,
    'waymark_first_reply_seconds_count{script="order"}': 4,
    waymark_instances_in_flight: 0,
    waymark_requests_repeated_total: 1,
    waymark_calls_total: 3,
    waymark_calls_failed_total: 0,
    waymark_call_seconds_count: 3,
    waymark_checkpoints_total: 7,
    waymark_checkpoint_seconds_count: 7,
    waymark_checkpoint_capture_seconds_count: 7,
    waymark_checkpoint_local_seconds_count: 7,
    waymark_checkpoint_peer_seconds_count: 0,
    waymark_results_kept: 3,
    waymark_store_instances: 1,
    waymark_nats_connected: 1,
  };
  const found = Object.keys(expected).map((key) => [key, after.get(key)]);
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(after.get('waymark_checkpoint_bytes_total')).toBeGreaterThan(100);
  expect(after.get('waymark_data_disk_free_bytes')).toBeLessThan(after.get('waymark_data_disk_size_bytes')!);
  // Without a peer nothing is said about one.
  expect([...after.keys()].filter((key) => key.startsWith('waymark_replication'))).toEqual([]);
});

test('histograms are cumulative, and their last bucket is their count', async () => {
  const node = await served();
  const statistics = new JobStatistics();
  for (const ms of [1, 2, 300]) statistics.chunkCommitted('import', noMetrics(), ms);
  const endpoint = await open({ status: () => node.status(), jobs: () => statistics.sample(0) });
  await bench.ask('order', { id: 1 });
  const values = await scrape(endpoint);
  const histograms = METRIC_GROUPS.flatMap(({ metrics }) => metrics).filter(
    ({ type }) => type === 'histogram',
  );
  expect(histograms.length).toBeGreaterThan(7);
  for (const { name } of histograms) {
    const buckets = [...values].filter(([key]) => key.startsWith(`${name}_bucket`));
    const counts = buckets.map(([, value]) => value);
    expect(counts, name).toEqual(counts.toSorted((a, b) => a - b));
    const [total] = [...values].filter(([key]) => key.startsWith(`${name}_count`)).map(([, value]) => value);
    expect(counts.at(-1), name).toBe(total);
    expect(buckets.at(-1)![0]).toContain('le="+Inf"');
  }
  expect(values.get('waymark_store_group_size_sum')).toBe(values.get('waymark_store_operations_total'));
});

test('jobs are counted by name, of chunks that were committed; without jobs there is nothing', async () => {
  const statistics = new JobStatistics();
  statistics.known('report');
  for (let times = 0; times < 3; times++) statistics.started('import');
  statistics.ended('import', 'COMPLETED');
  statistics.ended('import', undefined);
  const counts = { readCount: 10, writeCount: 7, filterCount: 1, readSkipCount: 1, processSkipCount: 1 };
  statistics.chunkCommitted('import', { ...noMetrics(), ...counts }, 1);
  const endpoint = await open({ jobs: () => statistics.sample(0) });
  const jobs = [...(await scrape(endpoint))].filter(
    ([key, value]) => /^waymark_jobs?_/.test(key) && value !== 0 && !key.includes('commit_seconds'),
  );
  expect(Object.fromEntries(jobs)).toEqual({
    'waymark_jobs_running{job="import"}': 1,
    'waymark_jobs_started_total{job="import"}': 3,
    'waymark_jobs_ended_total{job="import",status="COMPLETED"}': 1,
    'waymark_jobs_ended_total{job="import",status="FAILED"}': 1,
    'waymark_job_items_read_total{job="import"}': 10,
    'waymark_job_items_written_total{job="import"}': 7,
    'waymark_job_items_filtered_total{job="import"}': 1,
    'waymark_job_items_skipped_total{job="import"}': 2,
    'waymark_job_chunks_total{job="import"}': 1,
  });
  const none = await scrape(await open({}));
  expect([...none.keys()].filter((key) => /^waymark_jobs?_/.test(key))).toEqual([]);
});

test('before the node is open it is alive and not ready', async () => {
  const endpoint = await open({});
  const [health, ready] = await Promise.all([
    fetch(`${endpoint.url}/health`),
    fetch(`${endpoint.url}/ready`),
  ]);
  expect([health.status, ready.status]).toEqual([200, 503]);
  expect(await ready.json()).toMatchObject({ ready: false, state: 'starting' });
  expect((await scrape(endpoint)).get('waymark_node_state{state="starting"}')).toBe(1);
});

test('a node that serves is ready; stopping or stopped it is not', async () => {
  const node = await served();
  const endpoint = await open({ status: () => node.status() });
  const ready = await fetch(`${endpoint.url}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ ready: true, why: [] });
  const stopping = node.stop();
  const during = await fetch(`${endpoint.url}/ready`);
  expect(during.status).toBe(503);
  await stopping;
  const after = await fetch(`${endpoint.url}/ready`);
  expect(await after.json()).toMatchObject({ ready: false, live: true, why: ['the node has stopped'] });
  // The store is closed: what it knows is left out, the rest is there.
  const values = await scrape(endpoint);
  expect(values.has('waymark_store_instances')).toBe(false);
  expect(values.get('waymark_node_state{state="stopped"}')).toBe(1);
});

test('what makes a node unready, and what is only a warning', async () => {
  const status = (await served()).status();
  const of = (changes: Partial<NodeStatus>, nats?: NatsSample) => healthOf({ ...status, ...changes }, nats);
  expect(of({ state: 'dead' })).toMatchObject({ live: false, ready: false });
  expect(of({ state: 'recovering' })).toMatchObject({ live: true, ready: false });
  expect(of({}, CONNECTED)).toMatchObject({ live: true, ready: true, why: [] });
  const away = of({}, { ...CONNECTED, state: 'disconnected', reason: 'refused' });
  expect(away).toMatchObject({ ready: false, why: ['there is no connection to NATS: refused'] });
  expect(of({}, CONNECTED).inStep).toBeUndefined();
  const replication = {
    peer: 'node-1',
    state: 'alone' as const,
    since: 0,
    reason: 'timeout',
    waiting: 0,
    waitingBytes: 0,
    lagMs: 0,
  };
  expect(of({ replication })).toMatchObject({
    ready: true,
    inStep: false,
    warnings: ['checkpoints are on one disk only; node-1 is alone: timeout'],
  });
  expect(of({ refusedTakeOver: { node: 'node-1', aloneSince: 0 } })).toMatchObject({
    ready: true,
    warnings: [expect.stringMatching(/node-1 is dead and not taken over.* 1970-01-01T00:00:00.000Z.*WM7018/)],
  });
});

test('a store that does not answer keeps nothing else from being seen', async () => {
  const node = await served();
  const endpoint = await open({
    status: () => node.status(),
    storeStats: () => new Promise(() => {}),
    storeLimitMs: 1,
  });
  const values = await scrape(endpoint);
  expect(values.has('waymark_store_waiting')).toBe(false);
  expect(values.get('waymark_instances_in_flight')).toBe(0);
});

test('other pages and other methods are refused, also names that objects have anyway', async () => {
  const { url } = await open({});
  const asked = await Promise.all([
    fetch(`${url}/`),
    fetch(`${url}/constructor`),
    fetch(`${url}/metrics`, { method: 'POST' }),
    fetch(`${url}/health?verbose=1`),
    fetch(`${url}/ready`, { method: 'HEAD' }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([404, 404, 405, 200, 503]);
});

test('an address that is taken is refused with what to do', async () => {
  const { url } = await open({});
  const port = Number(new URL(url).port);
  await expect(open({ address: { host: '127.0.0.1', port } })).rejects.toMatchObject({
    code: 'WM7030',
    fix: expect.stringContaining('--http'),
  });
});
