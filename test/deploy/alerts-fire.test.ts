/** Each alert fires for what is sick, only after a while, and not for what is well: promtool runs the rules over made-up series. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { serverProgram } from '../servers/server-process.ts';
import { alerts, ALERTS_FILE } from './monitoring-files.ts';

const STEP_S = 15;
/** An hour. */
const STEPS = 240;

/** Values of one instance: as they are at the beginning, and by how much they grow with every step. */
type Series = readonly [metric: string, start: number, growth?: number];

interface Case {
  readonly sick: readonly Series[];
  readonly well: readonly Series[];
  /** How long data must be there before the alert can be seen, minutes, besides its own wait. */
  readonly before?: number;
  /** What the alert is about. Default: the instance. */
  readonly by?: 'script';
}

/** So many of 3000 values are slow: in the last finite bucket, or the first. */
const slow = (metric: string, bound: number, count: number): Series[] => [
  [`${metric}_bucket{le="${bound}"}`, 0, 3000 - count],
  [`${metric}_bucket{le="${bound * 4}"}`, 0, 3000],
  [`${metric}_bucket{le="+Inf"}`, 0, 3000],
];
const gauge = (metric: string, sick: number, well: number): Case => ({
  sick: [[metric, sick]],
  well: [[metric, well]],
});

const CASES: Readonly<Record<string, Case>> = {
  WaymarkNodeDown: gauge('up', 0, 1),
  WaymarkNodeNotServing: gauge('waymark_node_state{state="serving"}', 0, 1),
  WaymarkNodeRestarting: {
    // A new process with every step, and one that never ended.
    sick: [['process_start_time_seconds', 1000, 15]],
    well: [['process_start_time_seconds', 1000]],
    before: 1,
  },
  WaymarkNatsDisconnected: gauge('waymark_nats_connected', 0, 1),
  WaymarkScriptRefused: gauge('waymark_scripts_refused', 1, 0),
  WaymarkQuarantined: gauge('waymark_instances_quarantined_total', 3, 0),
  WaymarkInstancesFailing: {
    by: 'script',
    sick: [
      ['waymark_instances_started_total{script="sick"}', 0, 100],
      ['waymark_instances_failed_total{script="sick"}', 0, 10],
    ],
    well: [
      ['waymark_instances_started_total{script="well"}', 0, 100],
      ['waymark_instances_failed_total{script="well"}', 0, 1],
    ],
    before: 1,
  },
  WaymarkLongRunning: {
    sick: [
      ['waymark_instances_long_running', 6000],
      ['waymark_instances_in_flight_limit', 10_000],
    ],
    well: [
      ['waymark_instances_long_running', 4000],
      ['waymark_instances_in_flight_limit', 10_000],
    ],
  },
  WaymarkRequestsRejected: {
    sick: [['waymark_requests_rejected_total', 0, 1]],
    well: [['waymark_requests_rejected_total', 500]],
    before: 1,
  },
  WaymarkCallsFailing: {
    sick: [
      ['waymark_calls_total', 0, 100],
      ['waymark_calls_failed_total', 0, 6],
    ],
    well: [
      ['waymark_calls_total', 0, 100],
      ['waymark_calls_failed_total', 0, 4],
    ],
    before: 1,
  },
  WaymarkReplicationDegraded: gauge('waymark_replication_degraded', 1, 0),
  WaymarkTakeOverRefused: gauge('waymark_take_over_refused', 1, 0),
  WaymarkReplicationLagging: gauge('waymark_replication_lag_seconds', 0.4, 0.01),
  WaymarkCheckpointsFailing: {
    sick: [['waymark_checkpoint_failures_total', 0, 1]],
    well: [['waymark_checkpoint_failures_total', 2]],
    before: 1,
  },
  WaymarkCheckpointsSlow: {
    sick: slow('waymark_checkpoint_seconds', 0.524288, 100),
    well: slow('waymark_checkpoint_seconds', 0.016384, 10),
    before: 1,
  },
  WaymarkDiskNearlyFull: {
    sick: [
      ['waymark_data_disk_free_bytes', 5e9],
      ['waymark_data_disk_size_bytes', 1e11],
    ],
    well: [
      ['waymark_data_disk_free_bytes', 5e10],
      ['waymark_data_disk_size_bytes', 1e11],
    ],
  },
  WaymarkEventLoopBlocked: {
    sick: slow('waymark_event_loop_delay_seconds', 0.262144, 100),
    well: slow('waymark_event_loop_delay_seconds', 0.016384, 10),
    before: 1,
  },
  WaymarkHeapNearlyFull: {
    sick: [
      ['nodejs_heap_size_used_bytes', 9e8],
      ['waymark_heap_limit_bytes', 1e9],
    ],
    well: [
      ['nodejs_heap_size_used_bytes', 5e8],
      ['waymark_heap_limit_bytes', 1e9],
    ],
  },
};

function seriesOf(health: 'sick' | 'well', series: readonly Series[]): object[] {
  return series.map(([metric, start, growth = 0]) => {
    const [, name, labels] = /^([^{]+)(?:\{(.*)\})?$/.exec(metric)!;
    const all = [`job="waymark"`, `instance="${health}"`, ...(labels === undefined ? [] : [labels])];
    return { series: `${name}{${all.join(',')}}`, values: `${start}+${growth}x${STEPS}` };
  });
}

/** How long the alert waits, minutes. */
function waitOf(alert: string): number {
  const wait = alerts.find((rule) => rule.alert === alert)!.for;
  return wait.endsWith('s') ? parseInt(wait, 10) / 60 : parseInt(wait, 10);
}

const seconds = (minutes: number): string => `${Math.round(minutes * 60)}s`;

function ruleTest(alert: string, { sick, well, before = 0, by }: Case): object {
  const wait = waitOf(alert);
  const firing = `count by (${by ?? 'instance'}) (ALERTS{alertname="${alert}", alertstate="firing"})`;
  const expected = [{ labels: `{${by ?? 'instance'}="sick"}`, value: 1 }];
  const checks: object[] = [{ expr: firing, eval_time: seconds(wait + before + 1), exp_samples: expected }];
  // Two steps before its time is over it has not fired.
  if (wait > 0.5) checks.push({ expr: firing, eval_time: seconds(wait - 0.5), exp_samples: [] });
  return {
    name: alert,
    interval: `${STEP_S}s`,
    input_series: [...seriesOf('sick', sick), ...seriesOf('well', well)],
    promql_expr_test: checks,
  };
}

test('each alert fires for the sick one, in time', () => {
  expect(new Set(Object.keys(CASES))).toEqual(new Set(alerts.map(({ alert }) => alert)));
  const folder = mkdtempSync(join(tmpdir(), 'wm-alerts-'));
  try {
    const file = join(folder, 'cases.yaml');
    const tests = Object.entries(CASES).map(([alert, found]) => ruleTest(alert, found));
    const whole = { rule_files: [ALERTS_FILE], evaluation_interval: `${STEP_S}s`, tests };
    writeFileSync(file, stringify(whole));
    const run = spawnSync(serverProgram('promtool'), ['test', 'rules', file], { encoding: 'utf8' });
    expect(run.stdout + run.stderr).toContain('SUCCESS');
    expect(run.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
