/** The demo must fail when nodes lose what they acknowledged, or do not run at all: the same run with nodes that are bad on purpose. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DemoOptions } from '../../examples/payments/demo-options.ts';
import type { NodeProgram } from '../../examples/payments/processes/node-program.ts';
import { runDemo } from '../../examples/payments/run-demo.ts';
import { openRunFolder } from '../../examples/payments/run-folder.ts';
import { silentView } from '../../examples/payments/view/view.ts';

const forgetful: NodeProgram = {
  command: (name, { network }) => [
    new URL('fixtures/forgetful-node.ts', import.meta.url),
    name,
    JSON.stringify(network),
  ],
  readLine: (line) => (line === 'serving' ? { kind: 'serving', recovered: 0 } : undefined),
};

const options: DemoOptions = {
  nodes: 2,
  duration: 4000,
  kill: ['node'],
  killEvery: 1500,
  restartAfter: 1000,
  freezeFor: 1000,
  natsServers: 0,
  takeOver: undefined,
  standby: false,
  pattern: { kind: 'rate', perSecond: 600 },
  data: undefined,
  log: undefined,
  report: undefined,
  seed: 5,
  quiet: true,
  json: true,
};

/** @param settleLimit How long is waited for payments that may be lost, ms. */
async function run(demo: DemoOptions, node: NodeProgram = forgetful, settleLimit = 3000) {
  const folder = openRunFolder(undefined, demo);
  try {
    const interrupted = new AbortController().signal;
    return await runDemo(demo, folder, { view: silentView, interrupted, node, settleLimit });
  } finally {
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  }
}

test('nodes without checkpoints lose acknowledged payments when they are killed, and the verdict says so', async () => {
  const report = await run(options);
  expect(report.kills).toBeGreaterThanOrEqual(2);
  expect(report.verdict.lost).toBeGreaterThan(0);
  expect(report.verdict.examples.lost.length).toBeGreaterThan(0);
  expect(report.failures.join()).toContain('receipts owed');
  expect(report.passed).toBe(false);
});

test('the same nodes pass when nobody kills them', async () => {
  const report = await run({ ...options, duration: 1500, kill: [] }, forgetful, 120_000);
  expect(report.failures).toEqual([]);
  expect(report.verdict).toMatchObject({ lost: 0, executedTwice: 0, completedNotExecuted: 0, passed: true });
  expect(report.verdict.completed).toBe(report.verdict.requested);
  expect(report.verdict.requested).toBeGreaterThan(100);
  expect(report.passed).toBe(true);
});

test('a node that cannot start ends the run at once, and the report says why', async () => {
  const failing: NodeProgram = {
    ...forgetful,
    command: () => [new URL('fixtures/failing-node.ts', import.meta.url)],
  };
  const report = await run({ ...options, duration: 60_000, nodes: 1 }, failing);
  expect(report.passed).toBe(false);
  expect(report.failures.join('\n')).toMatch(
    /node-0 ended by itself \(exit code 4\).*\n.*the data folder is in use/,
  );
});
