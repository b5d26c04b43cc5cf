/**
 * Writes docs/reference/metrics.md from the catalogue of metrics.
 *
 *     npm run docs:metrics
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { METRIC_GROUPS } from '../src/server/metrics/catalogue.ts';

const page = join(fileURLToPath(new URL('..', import.meta.url)), 'docs/reference/metrics.md');

/** Of those that prom-client adds: the ones that the dashboard and the alerts use, and their like. */
const OF_THE_PROCESS: readonly (readonly [name: string, type: string])[] = [
  ['process_cpu_seconds_total', 'counter'],
  ['process_resident_memory_bytes', 'gauge'],
  ['process_start_time_seconds', 'gauge'],
  ['nodejs_heap_size_used_bytes', 'gauge'],
  ['nodejs_heap_size_total_bytes', 'gauge'],
  ['nodejs_external_memory_bytes', 'gauge'],
  ['nodejs_gc_duration_seconds', 'histogram'],
  ['nodejs_version_info', 'gauge'],
];

const INTRODUCTION = `# Metrics

<!-- Written by npm run docs:metrics from src/server/metrics. -->

\`waymark serve scripts --http 127.0.0.1:9464\` (or \`WAYMARK_HTTP\`) shows, over plain HTTP:

| page | answer |
|---|---|
| \`/metrics\` | for Prometheus, text format |
| \`/health\` | 200 while the process should live; 503 when it should be started again (its store died, or another node runs its instances) |
| \`/ready\` | 200 when every unfinished instance has been looked at, scripts are served and NATS is connected; else 503 |

\`/health\` and \`/ready\` answer JSON: \`state\`, \`why\` (not ready) and \`warnings\` (ready, but somebody should look, for instance
because checkpoints are on one disk only). Without \`--http\` nothing listens. A port alone is one of this machine; nobody is asked
who they are, so listen on other addresses only where the network is yours. Numbers of instances and names of scripts are all that is shown.

The names below are stable. Every value has the label \`node\` when the node has a name (\`--node-id\`). Counters begin at 0 when the process
starts. Histograms of seconds have bounds that double: 128 us to 67 s (1 us to 131 ms for work of the processor). A metric that does not
apply (NATS, peer) or is not known now (a store that does not answer within half a second) has no value.

[Run a cluster](../guides/cluster.md#watch-it) says how to watch several nodes, [the runbook](../guides/runbook.md) what to do when an
alert fires.
`;

/** The page as it should be. */
export function metricsPage(): string {
  const groups = METRIC_GROUPS.map(({ title, metrics }) => {
    const rows = metrics.map(({ name, type, labels, help }) => row(name, type, labels.join(', '), help));
    return chapter(title, rows);
  });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const process = OF_THE_PROCESS.map(([name, type]) => {
    const metric = registry.getMetricsAsArray().find((candidate) => candidate.name === name);
    if (!metric) throw new Error(`prom-client has no metric ${name}`);
    return row(name, type, '', metric.help);
  });
  registry.clear();
  return [
    INTRODUCTION,
    ...groups,
    chapter('From prom-client', process),
    'There are more of them, which depend on the operating system.\n',
  ].join('\n');
}

const row = (name: string, type: string, labels: string, help: string): string =>
  `| \`${name}\` | ${type} | ${labels} | ${help.replaceAll('|', '\\|')} |\n`;

const chapter = (title: string, rows: readonly string[]): string =>
  `## ${title}\n\n| metric | type | labels | what it says |\n|---|---|---|---|\n${rows.join('')}`;

if (import.meta.main) {
  const text = metricsPage();
  writeFileSync(page, text);
  process.stdout.write(`docs/reference/metrics.md: ${text.match(/^\| `/gm)?.length ?? 0} metrics\n`);
}
