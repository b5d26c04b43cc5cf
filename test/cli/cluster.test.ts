/** Real processes of `waymark serve` on a real NATS server: pairs that hold each other's checkpoints. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { REQUEST_ID } from '../../src/transport/headers.ts';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { main } from '../../src/cli/main.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { WaymarkProcess } from './waymark-process.ts';
import { until } from '../node/node-under-test.ts';
import { freePort, natsCluster, NatsServer } from '../servers/nats-server.ts';

let folder: string;
let nats: NatsServer;
let client: Transport;
const processes: WaymarkProcess[] = [];

/** Longer than a node that starts on a busy machine may need between two renewals. */
const LEASE = '10s';

const SCRIPT = `import { checkpoint, reply, event, self } from 'waymark';
  export default async function order({ id }: { id: number }) {
    const started = new Map([[id, self.id]]);
    await checkpoint({ commit: () => reply({ accepted: id }) });
    await checkpoint();
    const until = performance.now();
    while (!(globalThis as any).process.env.GO) await checkpoint({ commit: pause });
    const node = (globalThis as any).process.env.NAME;
    return { id, node, same: started.get(id) === self.id, recovered: self.recovered, until: until > 0 };
  }
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 20));\n`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts'));
  await writeFile(join(folder, 'scripts/order.ts'), SCRIPT);
  nats = await NatsServer.open();
  const opened = openNatsTransport({ servers: nats.url });
  client = opened.transport;
  await opened.connected;
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await client.close();
  await nats.remove();
  await rm(folder, { recursive: true, force: true });
});

function serve(
  name: string,
  environment: Record<string, string> = {},
  more: readonly string[] = [],
): WaymarkProcess {
  const args = ['serve', 'scripts', '--nats', nats.url, '--node-id', name, '--data', `data/${name}`, ...more];
  const started = new WaymarkProcess(args, folder, environment);
  processes.push(started);
  return started;
}

const payload = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (data: Uint8Array): any => JSON.parse(new TextDecoder().decode(data));

/** Sends an order until it is accepted; the final reply comes later. */
async function accepted(id: number): Promise<void> {
  const taken = Promise.withResolvers<'taken'>();
  for (;;) {
    const sent = awaitReply(client, 'order', payload({ id }), {
      timeout: 60_000,
      headers: { [REQUEST_ID]: `order-${id}` },
      onInterim: () => taken.resolve('taken'),
    });
    const refused = sent.then(
      () => 'taken' as const,
      () => 'refused' as const,
    );
    if ((await Promise.race([taken.promise, refused])) === 'taken') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks again with the same request id: the same instance answers. */
async function result(id: number, timeout = 30_000): Promise<any> {
  const headers = { [REQUEST_ID]: `order-${id}`, 'waymark-possible-repeat': 'true' };
  for (;;) {
    const answer = await awaitReply(client, 'order', payload({ id }), { timeout, headers }).catch(
      () => undefined,
    );
    if (answer && answer.headers['waymark-error'] === undefined) return decode(answer.data);
  }
}

test('a node that loses its process and its disk gets its instances back from its peer, and they finish', async () => {
  const [a, b] = [serve('node-0'), serve('node-1')];
  await Promise.all([a.said('"event":"serving"'), b.said('"event":"serving"')]);
  await Promise.all([a.said('"in-step"'), b.said('"in-step"')]);
  const ids = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(ids.map(accepted));
  a.kill('SIGKILL');
  await a.ended;
  await rm(join(folder, 'data/node-0'), { recursive: true });
  const again = serve('node-0', { GO: '1' });
  await again.said('"in-step"');
  // The new disk of node-0 has the copies of node-1 too.
  await until(() => b.stderr.split('"in-step"').length > 2);
  // The other half runs on node-1: it restarts too, on its own disk.
  b.kill('SIGKILL');
  await b.ended;
  serve('node-1', { GO: '1' });
  const results = await Promise.all(ids.map((id) => result(id)));
  expect(results.map(({ id }) => id)).toEqual(ids);
  expect(results.filter(({ same, recovered }) => !same || !recovered)).toEqual([]);
});

test('a node with a new disk begins no repeated request while its peer, who may have its instance, is away', async () => {
  const [a, b] = [serve('node-0'), serve('node-1')];
  await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
  const ids = Array.from({ length: 12 }, (_, index) => index);
  await Promise.all(ids.map(accepted));
  for (const node of [a, b]) node.kill('SIGKILL');
  await Promise.all([a.ended, b.ended]);
  await rm(join(folder, 'data/node-0'), { recursive: true });
  const again = serve('node-0', { GO: '1' });
  await again.said('"event":"serving"');
  const refused = ids.map(async (id) => {
    const headers = { [REQUEST_ID]: `order-${id}`, 'waymark-possible-repeat': 'true' };
    const answer = await awaitReply(client, 'order', payload({ id }), { timeout: 60_000, headers });
    return answer.headers['waymark-error'];
  });
  expect(new Set(await Promise.all(refused))).toEqual(new Set(['WM7015']));
  // Nobody can have begun this one before.
  expect(
    await awaitReply(client, 'order', payload({ id: 99 }), {
      timeout: 60_000,
      headers: { [REQUEST_ID]: 'new' },
    }),
  ).toMatchObject({
    headers: expect.not.objectContaining({ 'waymark-error': expect.anything() }),
  });
  serve('node-1', { GO: '1' });
  const results = await Promise.all(ids.map((id) => result(id)));
  expect(results.filter(({ same, recovered }) => !same || !recovered)).toEqual([]);
});

test('nodes start without NATS, say so, and serve when it comes', async () => {
  await nats.stop();
  const a = serve('node-0', { GO: '1' });
  await a.said('not connected');
  await nats.start();
  await a.said('connected to 127.0.0.1');
  await accepted(1);
  expect(await result(1)).toMatchObject({ id: 1 });
});

test('a dead node is taken over by its peer; when it comes back late it does not run its instances again', async () => {
  const [a, b] = [serve('node-0', { NAME: 'node-0' }), serve('node-1', { NAME: 'node-1' })];
  await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
  const ids = Array.from({ length: 30 }, (_, index) => index);
  await Promise.all(ids.map(accepted));
  a.kill('SIGKILL');
  await a.ended;
  const terminal = recordingTerminal(folder);
  expect(await main(['nodes', 'failover', 'node-0', '--nats', nats.url, '--json'], terminal)).toBe(0);
  const report = JSON.parse(terminal.printed()) as { running: number };
  expect(report.running).toBeGreaterThan(0);
  // Nothing is left to take over.
  const again = recordingTerminal(folder);
  expect(await main(['nodes', 'failover', 'node-0', '--nats', nats.url], again)).toBe(0);
  expect(again.printed()).toBe('node-1 runs 0 instances of node-0, and keeps 0 that ended.');
  const late = serve('node-0', { NAME: 'node-0', GO: '1' });
  await late.said('"in-step"');
  await late.said('"event":"serving"');
  expect(late.stderr).toMatch(/"event":"serving".*"recovered":0/);
  // Then node-1 has its copies on node-0 again; they all end there.
  await until(() => b.stderr.split('"in-step"').length > 2);
  b.kill('SIGKILL');
  await b.ended;
  const end = serve('node-1', { NAME: 'node-1', GO: '1' });
  const results = await Promise.all(ids.map((id) => result(id)));
  expect(results.map(({ id, node }) => [id, node])).toEqual(ids.map((id) => [id, 'node-1']));
  expect(results.filter(({ recovered }) => !recovered)).toEqual([]);
  await end.said('"event":"serving"');
});

test('with leases a frozen node is taken over by itself; awake again it stops, and runs nothing of it after its restart', async () => {
  await nats.remove();
  await client.close();
  nats = await NatsServer.open({ jetstream: true });
  const opened = openNatsTransport({ servers: nats.url });
  client = opened.transport;
  await opened.connected;
  const leases = ['--take-over', LEASE, '--lease-replicas', '1'];
  const [a, b] = [
    serve('node-0', { NAME: 'node-0' }, leases),
    serve('node-1', { NAME: 'node-1', GO: '1' }, leases),
  ];
  await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
  const ids = Array.from({ length: 30 }, (_, index) => index);
  await Promise.all(ids.map(accepted));
  a.kill('SIGSTOP');
  // Half of the requests go to the frozen node, which does not answer.
  const results = await Promise.all(ids.map((id) => result(id, 2000)));
  expect(results.map(({ id, node }) => [id, node])).toEqual(ids.map((id) => [id, 'node-1']));
  a.kill('SIGCONT');
  await a.said('"event":"lease-lost"');
  expect((await a.ended).code).not.toBe(0);
  const late = serve('node-0', { NAME: 'node-0', GO: '1' }, leases);
  await late.said('"event":"serving"');
  expect(late.stderr).toMatch(/"event":"serving".*"recovered":0/);
  // It is a full member again.
  await late.said('"in-step"');
  await until(() => b.stderr.split('"in-step"').length > 2);
});

test.each(['comes back', 'is given up'])(
  'with leases a node that dies alone is not taken over by itself; it %s, and all that it has acknowledged ends',
  async (end) => {
    await nats.remove();
    await client.close();
    nats = await NatsServer.open({ jetstream: true });
    const opened = openNatsTransport({ servers: nats.url });
    client = opened.transport;
    await opened.connected;
    const port = await freePort();
    const leases = ['--take-over', LEASE, '--lease-replicas', '1'];
    const a = serve('node-0', { NAME: 'node-0' }, leases);
    const b = serve('node-1', { NAME: 'node-1' }, leases);
    await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
    const before = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(before.map(accepted));
    b.kill('SIGKILL');
    await b.ended;
    await a.said('"state":"alone"');
    // node-0 takes them alone, and goes on making checkpoints of all that it has.
    const alone = Array.from({ length: 10 }, (_, index) => 100 + index);
    await Promise.all(alone.map(accepted));
    a.kill('SIGKILL');
    await a.ended;
    const back = serve('node-1', { NAME: 'node-1', GO: '1' }, [...leases, '--http', `${port}`]);
    await back.said('WM7018');
    const page = async (path: string): Promise<string> =>
      (await fetch(`http://127.0.0.1:${port}/${path}`)).text();
    expect(await page('ready')).toContain('node-0 is dead and not taken over');
    expect(await page('metrics')).toMatch(/^waymark_take_over_refused\{node="node-1"\} 1$/m);
    expect(await page('metrics')).toMatch(/^waymark_instances_taken_over_total\{node="node-1"\} 0$/m);
    const failover = ['nodes', 'failover', 'node-0', '--nats', nats.url];
    const refused = recordingTerminal(folder);
    expect(await main(failover, refused)).toBe(1);
    expect(refused.said()).toMatch(/alone since .*WM7018[^]*--accept-rollback/);
    if (end === 'is given up')
      expect(await main([...failover, '--accept-rollback'], recordingTerminal(folder))).toBe(0);
    const late = serve('node-0', { NAME: 'node-0', GO: '1' }, leases);
    // Nobody else knows the requests that it took alone: asked before, another node would begin them anew.
    await late.said('"event":"serving"');
    const results = await Promise.all([...before, ...alone].map((id) => result(id)));
    expect(results.map(({ id }) => id)).toEqual([...before, ...alone]);
    expect(results.filter(({ same, recovered }) => !same || !recovered)).toEqual([]);
    // What it had begun alone is nowhere else.
    expect(new Set(results.slice(before.length).map(({ node }) => node))).toEqual(new Set(['node-0']));
    const nodes = new Set(results.slice(0, before.length).map(({ node }) => node));
    expect(nodes).toEqual(new Set(end === 'comes back' ? ['node-0', 'node-1'] : ['node-1']));
    await late.said('"in-step"');
    await until(async () => (await page('metrics')).includes('waymark_take_over_refused{node="node-1"} 0'));
    expect(await page('ready')).not.toContain('not taken over');
  },
);

test('a repeated request for an instance of a dead node is not started by a node of another pair', async () => {
  const [a, b] = [serve('node-0'), serve('node-1')];
  await Promise.all([a, b].flatMap((node) => [node.said('"in-step"'), node.said('"event":"serving"')]));
  const ids = Array.from({ length: 20 }, (_, index) => index);
  await Promise.all(ids.map(accepted));
  const c = serve('node-2', { GO: '1', NAME: 'node-2' });
  await c.said('"event":"serving"');
  a.kill('SIGKILL');
  await a.ended;
  // Requests reach node-1 and node-2 by turns: those for node-0's instances are refused for now, and none of them is started on node-2.
  const codes = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(
      ids.map((id) => {
        const headers = { [REQUEST_ID]: `order-${id}`, 'waymark-possible-repeat': 'true' };
        return awaitReply(client, 'order', payload({ id }), { timeout: 4000, headers }).catch(
          () => undefined,
        );
      }),
    );
    for (const answer of answers)
      codes.add(answer?.headers['waymark-error'] ?? (answer ? 'answered' : 'none'));
  }
  // Those of node-1 wait for their end.
  expect(codes).toEqual(new Set(['WM7015', 'none']));
  expect(c.stderr).not.toContain('"started"');
  const again = serve('node-0', { GO: '1', NAME: 'node-0' });
  await again.said('"event":"serving"');
  b.kill('SIGKILL');
  await b.ended;
  serve('node-1', { GO: '1', NAME: 'node-1' });
  const results = await Promise.all(ids.map((id) => result(id)));
  expect(results.filter(({ same, recovered }) => !same || !recovered)).toEqual([]);
});

test.each([
  ['for the first connection', []],
  ['for its lease', ['--take-over', '60s', '--lease-replicas', '1']],
])('a node that waits %s ends at SIGTERM', async (_, more) => {
  await nats.stop();
  const waiting = serve('node-0', {}, more);
  await waiting.said('not connected');
  waiting.kill('SIGTERM');
  expect(await waiting.ended).toMatchObject({ code: 0 });
});

test('a node whose lease another one holds ends at SIGTERM', async () => {
  await nats.remove();
  nats = await NatsServer.open({ jetstream: true });
  const leases = ['--take-over', '60s', '--lease-replicas', '1'];
  const holder = serve('node-0', {}, leases);
  await holder.said('"event":"serving"');
  // The same name on another disk.
  const port = await freePort();
  const more = [...leases, '--data', 'data/elsewhere', '--http', `${port}`];
  const waiting = serve('node-0', {}, more);
  await until(async () => {
    const page = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
    return ((await page?.text()) ?? '').includes('lease');
  });
  waiting.kill('SIGTERM');
  expect(await waiting.ended).toMatchObject({ code: 0 });
  expect(holder.stderr).not.toContain('lease-lost');
});

test('wrong options are refused with what to do', async () => {
  const wrong = new WaymarkProcess(
    ['serve', 'scripts', '--nats', nats.url, '--replication', 'sync', '--json'],
    folder,
  );
  processes.push(wrong);
  expect(await wrong.ended).toMatchObject({ code: 2 });
  expect(wrong.stderr).toContain('--node-id');
});

test('a node waits for a JetStream cluster that has no leader yet', async () => {
  await nats.remove();
  const cluster = await natsCluster(3);
  nats = cluster[0]!;
  await Promise.all([cluster[1]!.stop(), cluster[2]!.stop()]);
  try {
    const node = serve('node-0', {}, ['--take-over', LEASE]);
    await node.said('"event":"lease"');
    await Promise.all([cluster[1]!.start(), cluster[2]!.start()]);
    await node.said('"event":"serving"');
  } finally {
    await Promise.all([cluster[1]!.remove(), cluster[2]!.remove()]);
  }
});

test('a node that waits for its lease can be seen waiting, and then how long the lease lasts', async () => {
  await nats.remove();
  nats = await NatsServer.open({ jetstream: true, start: false });
  const port = await freePort();
  const leases = ['--take-over', LEASE, '--lease-replicas', '1', '--http', `${port}`];
  const node = serve('node-0', {}, leases);
  const page = (path: string): Promise<Response | undefined> =>
    fetch(`http://127.0.0.1:${port}/${path}`).catch(() => undefined);
  await until(async () => (await page('health'))?.status === 200);
  const ready = (await page('ready'))!;
  expect(ready.status).toBe(503);
  const { state, why } = (await ready.json()) as { state: string; why: string[] };
  expect(state).toBe('starting');
  expect(why).toEqual([expect.stringContaining('lease'), expect.stringContaining('NATS')]);
  await nats.start();
  await node.said('"event":"serving"');
  expect((await page('ready'))!.status).toBe(200);
  const metrics = await (await page('metrics'))!.text();
  const left = Number(/^waymark_lease_left_seconds\{node="node-0"\} (\S+)$/m.exec(metrics)![1]);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(10);
});
