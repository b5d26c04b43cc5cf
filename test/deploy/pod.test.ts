/**
 * The container of the chart as processes: its command and variables as rendered, folders of the test in the place of mounts, scripts
 * laid out as the kubelet lays out a ConfigMap, a real NATS server. What a rolling update does to an instance in flight.
 */
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WaymarkProcess } from '../cli/waymark-process.ts';
import { until } from '../node/node-under-test.ts';
import { freePort, NatsServer } from '../servers/nats-server.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { REQUEST_ID } from '../../src/transport/headers.ts';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';
import { type Container, podNames, renderedDocuments, statefulSets } from './rendered-documents.ts';

/** Accepted, and then waiting for the bank. */
const ORDER = `import { call, checkpoint, reply, self } from 'waymark';
  import { priceOf } from './_prices.ts';
  export default async function order({ id }: { id: string }) {
    await checkpoint({ commit: () => reply({ accepted: id }) });
    const { paid } = await call<{ paid: boolean }>('bank', { id }, { timeout: '1h' });
    return { id, paid, price: priceOf(id), recovered: self.recovered };
  }\n`;
const PRICES = 'export const priceOf = (id: string): number => id.length;\n';

let folder: string;
let nats: NatsServer;
let client: Transport;
let pods: Pod[] = [];

interface Pod {
  readonly name: string;
  readonly process: WaymarkProcess;
  /** Status code of a probe of the chart. */
  readonly probe: (name: 'livenessProbe' | 'readinessProbe') => Promise<number>;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-pod-'));
  await mkdir(join(folder, 'scripts'));
  revision = 0;
  await mount({ 'order.ts': ORDER, '_prices.ts': PRICES });
  nats = await NatsServer.open();
  const opened = openNatsTransport({ servers: nats.url });
  client = opened.transport;
  await opened.connected;
});
afterEach(async () => {
  for (const { process } of pods.splice(0)) {
    process.kill('SIGKILL');
    await process.ended;
  }
  await client.close();
  await nats.remove();
  await rm(folder, { recursive: true, force: true });
});

let revision = 0;
/** As the kubelet does it: a new folder, the link `..data` to it put in place at once, and links through that one. */
async function mount(files: Readonly<Record<string, string>>): Promise<void> {
  const scripts = join(folder, 'scripts');
  const name = `..2027_01_0${++revision}`;
  await mkdir(join(scripts, name));
  for (const [file, text] of Object.entries(files)) await writeFile(join(scripts, name, file), text);
  await symlink(name, join(scripts, '..data_tmp'));
  await rename(join(scripts, '..data_tmp'), join(scripts, '..data'));
  if (revision > 1) return;
  for (const file of Object.keys(files)) await symlink(`..data/${file}`, join(scripts, file));
}

function container(): Container {
  const values = { nats: { servers: nats.url }, pairs: 1, scripts: { configMap: 'scripts' } };
  const [set] = statefulSets(renderedDocuments({ values }));
  expect(podNames(set!)).toEqual(['waymark-0-0', 'waymark-0-1']);
  return set!.spec.template.spec.containers[0]!;
}

/** Starts the container for a pod; its volume is a folder that stays. */
async function start(name: string): Promise<Pod> {
  const { args, env, ...rendered } = container();
  const port = await freePort();
  const data = join(folder, name);
  const inTest = (text: string): string =>
    text
      .replace(/^\/scripts$/, join(folder, 'scripts'))
      .replace(/^\/data$/, data)
      .replace(/^0\.0\.0\.0:9464$/, `127.0.0.1:${port}`);
  const variables = env.map(({ name: variable, value, valueFrom }) => {
    if (value !== undefined) return [variable, inTest(value)];
    expect(valueFrom).toEqual({ fieldRef: { fieldPath: 'metadata.name' } });
    return [variable, name];
  });
  const process = new WaymarkProcess(args.map(inTest), folder, Object.fromEntries(variables));
  const pod: Pod = {
    name,
    process,
    probe: async (kind) => {
      const { path } = (rendered[kind] as { httpGet: { path: string } }).httpGet;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
      return answer?.status ?? 0;
    },
  };
  pods.push(pod);
  return pod;
}

async function ready(...started: readonly Pod[]): Promise<void> {
  for (const pod of started) {
    await Promise.race([
      until(async () => (await pod.probe('readinessProbe')) === 200),
      pod.process.ended.then(() => {
        throw new Error(`${pod.name} ended:\n${pod.process.stderr}`);
      }),
    ]);
    expect(await pod.probe('livenessProbe')).toBe(200);
  }
}

const payload = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (message: Message): unknown => JSON.parse(new TextDecoder().decode(message.data));

/** Calls that the bank has taken; it answers when it is told to. */
async function bank(): Promise<Message[]> {
  const calls: Message[] = [];
  await client.subscribe('bank', {}, (message) => calls.push(message));
  return calls;
}

const pay = (calls: readonly Message[]): Promise<unknown> =>
  Promise.all(calls.map(({ replyTo }) => client.publish(replyTo!, payload({ paid: true }))));

/** Sends an order; resolves when it is accepted, with the promise of its end. */
async function order(id: string): Promise<{ readonly ended: Promise<unknown> }> {
  const accepted = Promise.withResolvers<void>();
  const ended = awaitReply(client, 'order', payload({ id }), {
    timeout: 600_000,
    headers: { [REQUEST_ID]: id },
    onInterim: () => accepted.resolve(),
  }).then(decode);
  await Promise.race([accepted.promise, ended]);
  return { ended };
}

test('a rolling update: each node of a pair stops, starts again on its disk, and what was in flight goes on', async () => {
  const [first, second] = await Promise.all([start('waymark-0-0'), start('waymark-0-1')]);
  await ready(first, second);
  await Promise.all([first.process.said('"in-step"'), second.process.said('"in-step"')]);
  const calls = await bank();
  const ids = ['o-1', 'o-22', 'o-333', 'o-4444', 'o-55555', 'o-666666'];
  const orders = await Promise.all(ids.map(order));
  await until(() => calls.length === ids.length);
  // As the controller does it: the highest number first, the next one when it is ready again.
  for (const pod of [second, first]) {
    pod.process.kill('SIGTERM');
    expect(await pod.process.ended, pod.process.stderr).toEqual({ code: 0, signal: null });
    expect(await pod.probe('livenessProbe')).toBe(0);
    await ready(await start(pod.name));
  }
  // Every order was on one of the two, and asks the bank again.
  await until(() => calls.length === 2 * ids.length);
  await pay(calls);
  expect(await Promise.all(orders.map(({ ended }) => ended))).toEqual(
    ids.map((id) => ({ id, paid: true, price: id.length, recovered: true })),
  );
}, 600_000);

test('a node is not ready, but alive, while NATS is away', async () => {
  const pod = await start('waymark-0-0');
  await ready(pod);
  await nats.stop();
  await until(async () => (await pod.probe('readinessProbe')) === 503);
  expect(await pod.probe('livenessProbe')).toBe(200);
  await nats.start();
  await ready(pod);
});

test('a changed ConfigMap is served without a restart; an instance in flight keeps its code', async () => {
  const pod = await start('waymark-0-0');
  await ready(pod);
  const calls = await bank();
  const before = await order('o-1');
  await until(() => calls.length === 1);
  await mount({ 'order.ts': ORDER, '_prices.ts': PRICES.replace('id.length', '1000') });
  await pod.process.said('"script-updated"');
  const after = await order('o-2');
  await until(() => calls.length === 2);
  await pay(calls);
  expect(await before.ended).toMatchObject({ id: 'o-1', price: 3 });
  expect(await after.ended).toMatchObject({ id: 'o-2', price: 1000 });
});
