/** The demo over real NATS servers, shortened: pairs of nodes, real SIGKILL, judged by the books. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRunLog } from '../../examples/payments/report/run-log.ts';
import type { RunReport } from '../../examples/payments/run-report.ts';

const demo = fileURLToPath(new URL('../../examples/payments/demo.ts', import.meta.url));
const LIMIT_MS = 600_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wm-chaos-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function runDemo(...args: string[]): Promise<RunReport> {
  const load = args.includes('--in-flight') ? [] : ['--rate', '80'];
  const all = ['--nats', '--json', '--quiet', ...load, '--log', join(folder, 'run.jsonl'), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, [demo, ...all]);
  const report = JSON.parse(stdout) as RunReport;
  expect(report.failures).toEqual([]);
  expect(report.verdict).toMatchObject({ lost: 0, unanswered: 0, executedTwice: 0, completedNotExecuted: 0 });
  expect(report.verdict.executedOnce).toBe(report.verdict.requested);
  expect(report.passed).toBe(true);
  return report;
}

test(
  'nodes are killed, alone, in pairs and with their disk',
  async () => {
    const page = join(folder, 'report.html');
    const report = await runDemo(
      '--duration',
      '14s',
      '--kill-every',
      '2s',
      '--kill',
      'node,pair,disk',
      '--seed',
      '3',
      '--report',
      page,
    );
    expect(report.kills).toBeGreaterThanOrEqual(3);
    expect(report.recovered).toBeGreaterThan(0);
    expect(report.dip?.before).toBeGreaterThan(0);
    const kinds = new Set(Array.from(readRunLog(join(folder, 'run.jsonl')), ({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([
      'fault',
      'load-began',
      'load-ended',
      'node',
      'repaired',
      'second',
      'verdict',
    ]);
    expect(readFileSync(page, 'utf8')).toContain('>passed<');
  },
  LIMIT_MS,
);

test(
  'the NATS server is killed',
  async () => {
    const report = await runDemo(
      '--duration',
      '10s',
      '--kill-every',
      '3s',
      '--kill',
      'nats',
      '--nodes',
      '2',
      '--restart-after',
      '1s',
    );
    // Three times, unless it is slow to start again.
    expect(report.kills).toBeGreaterThanOrEqual(2);
  },
  LIMIT_MS,
);

test(
  'a node is killed, its peer takes over, and it comes back late',
  async () => {
    const report = await runDemo(
      '--duration',
      '14s',
      '--kill-every',
      '2s',
      '--kill',
      'takeover',
      '--take-over',
      '3s',
      '--nodes',
      '2',
      // So many that the node surely has some when it is killed.
      '--in-flight',
      '40',
      '--seed',
      '2',
    );
    expect(report.kills).toBe(1);
    expect(report.takenOver).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
