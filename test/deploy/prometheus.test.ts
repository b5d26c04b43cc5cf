/**
 * A real Prometheus scrapes real nodes on a real NATS server, with the configuration and the alerts of deploy/: every query of the
 * dashboard has data, every alert can be evaluated, and two of them see a node die.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { REQUEST_ID } from '../../src/transport/headers.ts';
import { openNatsTransport } from '../../src/transport/nats/open-nats-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { WaymarkProcess } from '../cli/waymark-process.ts';
import { until } from '../node/node-under-test.ts';
import { NatsServer } from '../servers/nats-server.ts';
import { PrometheusServer, type Sample } from '../servers/prometheus-server.ts';
import { alerts, alertsText, CONFIGURATION_FILE, dashboardQueries, metricsIn } from './monitoring-files.ts';

const PAYMENT = `import { call, checkpoint, reply } from 'waymark';
  export default async function payment({ amount }: { amount: number }) {
    const token = await call<string>('tokeniser', { amount });
    await checkpoint({ commit: () => reply({ accepted: token }) });
    const { balance } = await call<{ balance: number }>('bank', { token, amount });
    await checkpoint();
    return { token, balance };
  }`;
const SERVICES = {
  tokeniser: 'export default ({ amount }: { amount: number }) => `t-${amount}`;',
  bank: 'export default ({ amount }: { amount: number }) => ({ balance: 1000 - amount });',
};

let folder: string;
let nats: NatsServer;
let client: Transport;
let prometheus: PrometheusServer;
let nodes: WaymarkProcess[];
let urls: string[];
let isOver = false;
let load: Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts'));
  for (const [name, source] of Object.entries({ payment: PAYMENT, ...SERVICES }))
    await writeFile(join(folder, `scripts/${name}.ts`), source);
  nats = await NatsServer.open();
  nodes = ['node-0', 'node-1'].map((name) => {
    const args = ['serve', 'scripts', '--nats', nats.url, '--node-id', name, '--data', `data/${name}`];
    return new WaymarkProcess([...args, '--http', '127.0.0.1:0'], folder);
  });
  await Promise.all(nodes.flatMap((node) => [node.said('"event":"serving"'), node.said('"in-step"')]));
  urls = nodes.map(({ stderr }) => /"http":"([^"]+)"/.exec(stderr)![1]!);
  prometheus = await PrometheusServer.open({
    'prometheus.yaml': configurationFor(urls.map((url) => new URL(url).host)),
    'alerts.yaml': alertsText,
  });
  const opened = openNatsTransport({ servers: nats.url });
  client = opened.transport;
  await opened.connected;
  load = pay();
});

afterAll(async () => {
  isOver = true;
  await client.close();
  await load;
  for (const node of nodes) {
    node.kill('SIGKILL');
    await node.ended;
  }
  await prometheus.remove();
  await nats.remove();
  await rm(folder, { recursive: true, force: true });
});

/** The configuration of deploy/, with our nodes and no long waits. */
function configurationFor(targets: readonly string[]): string {
  const configuration = parse(readFileSync(CONFIGURATION_FILE, 'utf8')) as {
    global: object;
    scrape_configs: { static_configs: object[] }[];
  };
  configuration.global = { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' };
  configuration.scrape_configs[0]!.static_configs = [{ targets }];
  return stringify(configuration);
}

/** A few payments at a time until the test is over. */
async function pay(): Promise<void> {
  for (let number = 0; !isOver; number++) {
    const body = new TextEncoder().encode(JSON.stringify({ amount: number % 100 }));
    const options = { timeout: 5_000, headers: { [REQUEST_ID]: `p-${number}` } };
    const sent = awaitReply(client, 'payment', body, options).catch(() => undefined);
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, 200))]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Rule {
  readonly name: string;
  /** `unknown` until it has been evaluated. */
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

const isFinite = ({ value }: Sample): boolean => Number.isFinite(Number(value[1]));

/** The expressions that have no data (yet). */
async function withoutData(expressions: readonly string[]): Promise<string[]> {
  const results = await Promise.all(expressions.map((expr) => prometheus.query(expr)));
  return expressions.filter((_, index) => !results[index]!.some(isFinite));
}

test('every query of the dashboard has data', async () => {
  const queries = dashboardQueries('15s');
  // The marks of starts: nothing is the right answer when nobody starts.
  const marks = queries.filter(({ title }) => title === 'annotation').map(({ expr }) => expr);
  const shown = queries.filter(({ title }) => title !== 'annotation').map(({ expr }) => expr);
  let left = shown;
  await until(async () => {
    left = await withoutData(left);
    return left.length === 0;
  });
  for (const mark of marks) expect(await prometheus.query(mark)).toEqual([]);
  const perSecond = await prometheus.query(
    'sum(rate(waymark_instances_completed_total{script="payment"}[15s]))',
  );
  expect(Number(perSecond[0]!.value[1])).toBeGreaterThan(0);
  const named = await prometheus.query('waymark_node_state{state="serving"} == 1');
  expect(new Set(named.map(({ metric }) => metric['node']))).toEqual(new Set(['node-0', 'node-1']));
});

test('every alert can be evaluated on data that is there, and none fires on healthy nodes', async () => {
  // What is compared, without the limit: the data that the alert looks at.
  const compared = alerts.map(({ expr }) => expr.trim().replace(/ (?:==|>|<) [^<>=]*$/, ''));
  expect(compared.filter((expr, index) => expr === alerts[index]!.expr.trim())).toEqual([]);
  await until(async () => (await withoutData(compared)).length === 0);
  const inputs = [...new Set(alerts.flatMap(({ expr }) => metricsIn(expr)))];
  await until(async () => (await withoutData(inputs)).length === 0);
  let rules: readonly Rule[] = [];
  await until(async () => {
    const { groups } = await prometheus.get<{ groups: readonly { rules: readonly Rule[] }[] }>('rules');
    rules = groups.flatMap(({ rules: inGroup }) => inGroup);
    return rules.every(({ health }) => health !== 'unknown');
  });
  expect(new Set(rules.map(({ name }) => name))).toEqual(new Set(alerts.map(({ alert }) => alert)));
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  expect(await prometheus.query('ALERTS{alertstate="firing"}')).toEqual([]);
});

test('a node that dies is seen by the alerts about it and about the copies of its peer', async () => {
  nodes[1]!.kill('SIGKILL');
  await nodes[1]!.ended;
  const down = new URL(urls[1]!).host;
  const seen = (alert: string, instance: string) => async (): Promise<boolean> =>
    (await prometheus.query(`ALERTS{alertname="${alert}", instance="${instance}"}`)).length > 0;
  await until(seen('WaymarkNodeDown', down));
  await until(seen('WaymarkReplicationDegraded', new URL(urls[0]!).host));
  let warnings: string[] = [];
  await until(async () => {
    const ready = await fetch(`${urls[0]}/ready`);
    // Without its peer a node serves.
    expect(ready.status).toBe(200);
    ({ warnings } = (await ready.json()) as { warnings: string[] });
    return warnings.some((warning) => warning.includes('node-1 is alone'));
  });
  expect(warnings).toEqual([expect.stringContaining('on one disk only')]);
});

test('a node without NATS is not ready and says why', async () => {
  await nats.stop();
  await until(async () => (await fetch(`${urls[0]}/ready`)).status === 503);
  const answer = (await (await fetch(`${urls[0]}/ready`)).json()) as { why: string[] };
  expect(answer.why).toEqual([expect.stringContaining('no connection to NATS')]);
  expect((await fetch(`${urls[0]}/health`)).status).toBe(200);
  await until(async () => (await prometheus.query('waymark_nats_connected == 0')).length > 0);
});
