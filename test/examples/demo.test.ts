/** The demo as a user runs it, shortened: real processes, real SIGKILL, judged by its own books. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { paymentBookPath } from '../../examples/payments/books/book-paths.ts';
import { readPaymentBook } from '../../examples/payments/books/payment-book.ts';
import type { RunReport } from '../../examples/payments/run-report.ts';

const demo = fileURLToPath(new URL('../../examples/payments/demo.ts', import.meta.url));
const LIMIT_MS = 600_000;

/** A temporary folder of our own, so that what a run leaves behind can be seen. */
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'wm-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

async function runDemo(...args: string[]): Promise<RunReport> {
  // Node's compile cache is shared by everything that runs on the machine: it is nothing that the demo leaves behind.
  const env = { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };
  const { stdout } = await promisify(execFile)(process.execPath, [demo, '--json', '--quiet', ...args], {
    env,
  });
  return JSON.parse(stdout) as RunReport;
}

function expectNothingLost({ verdict, failures, passed }: RunReport): void {
  expect(failures).toEqual([]);
  expect(verdict).toMatchObject({ lost: 0, unanswered: 0, executedTwice: 0, completedNotExecuted: 0 });
  expect(verdict.completed).toBe(verdict.requested);
  expect(verdict.executedOnce).toBe(verdict.requested);
  expect(passed).toBe(true);
}

test(
  'a node is killed every two seconds and nothing is lost',
  async () => {
    const report = await runDemo('--duration', '12s', '--kill-every', '2s', '--rate', '200', '--seed', '11');
    expectNothingLost(report);
    expect(report.kills).toBeGreaterThanOrEqual(4);
    expect(report.recovered).toBeGreaterThan(0);
    expect(report.verdict.requested).toBeGreaterThan(2000);
    expect(readdirSync(temporary)).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'all processes are killed at once, and nothing is lost',
  async () => {
    const report = await runDemo(
      '--kill',
      'all',
      '--duration',
      '14s',
      '--kill-every',
      '5s',
      '--rate',
      '200',
      '--seed',
      '12',
    );
    expectNothingLost(report);
    expect(report.kills).toBeGreaterThanOrEqual(1);
    expect(report.recovered).toBeGreaterThan(0);
    expect(report.verdict.repeated).toBeGreaterThan(0);
    expect(readdirSync(temporary)).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'the demo itself is killed: its processes die with it, and the next run in the folder loses nothing',
  async () => {
    const data = join(temporary, 'data');
    const book = paymentBookPath(join(data, 'books'));
    const first = spawn(
      process.execPath,
      [demo, '--data', data, '--rate', '200', '--nodes', '2', '--kill', 'none'],
      {
        stdio: 'ignore',
        env: { ...process.env, TMPDIR: temporary },
      },
    );
    const gone = new Promise((resolve) => first.once('exit', resolve));
    const acknowledged = (): number =>
      existsSync(book) ? [...readPaymentBook(book)].filter(({ kind }) => kind === 'acknowledged').length : 0;
    while (acknowledged() < 200) {
      expect(first.exitCode).toBeNull();
      await sleep(100);
    }
    const children = await childrenOf(first.pid!);
    expect(children.length).toBe(4);
    first.kill('SIGKILL');
    await gone;
    while (await anyAlive(children)) await sleep(50);
    const before = acknowledged();

    const report = await runDemo('--data', data, '--duration', '2s', '--rate', '200', '--kill', 'none');
    expectNothingLost(report);
    expect(report.nodes).toBe(2);
    expect(report.recovered).toBeGreaterThan(0);
    expect(report.verdict.acknowledged).toBeGreaterThan(before);
  },
  LIMIT_MS,
);

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Dead, and only waiting for its parent to notice. */
  readonly zombie: boolean;
}

async function processes(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({
      pid: Number(pid),
      parent: Number(parent),
      zombie: state!.startsWith('Z'),
    }));
}

async function childrenOf(pid: number): Promise<number[]> {
  return (await processes()).filter(({ parent }) => parent === pid).map((entry) => entry.pid);
}

async function anyAlive(pids: readonly number[]): Promise<boolean> {
  return (await processes()).some(({ pid, zombie }) => !zombie && pids.includes(pid));
}
