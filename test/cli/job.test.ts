/** `waymark job` in processes of its own: killed, stopped, restarted. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
const processes: WaymarkProcess[] = [];

function waymark(args: readonly string[], environment: NodeJS.ProcessEnv = {}): WaymarkProcess {
  const started = new WaymarkProcess(['job', ...args], folder, environment);
  processes.push(started);
  return started;
}

async function ended(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const process_ = waymark(args, environment);
  const { code } = await process_.ended;
  return { code, stdout: process_.stdout, stderr: process_.stderr };
}

const file = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
};

/**
 * Appends items to a file, ten at a time. From the item HOLD on each chunk stays in its writer until the test lets it go on, and takes a
 * while then: longer together than a process needs to hear that it is to stop.
 */
const COPY = `
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { job } from 'waymark/batch';

const fail = (item: number): never => {
  throw new TypeError('item ' + item + ' is broken');
};
export default job('copy').chunk({
  id: 'load',
  reader: Array.from({ length: 200 }, (_, index) => index + 1),
  processor: (item: number): number => {
    if (item % 50 === 0) throw new RangeError('no item ' + item);
    return item === Number(process.env.FAIL_AT) ? fail(item) : item;
  },
  writer: async (items: readonly number[], { job: { parameters } }) => {
    await appendFile(parameters['to'] ?? 'out.txt', items.map((item) => item + '\\n').join(''));
    process.stderr.write('wrote ' + items.at(-1) + '\\n');
    if (items.at(-1)! < Number(process.env.HOLD ?? Infinity)) return;
    while (!existsSync('go')) await sleep(20);
    await sleep(300);
  },
  skip: [RangeError],
});
`;

const ALL = Array.from({ length: 200 }, (_, index) => index + 1).filter((item) => item % 50 !== 0);

const goOn = (): Promise<void> => file('go', '');
const written = async (name = 'out.txt'): Promise<readonly number[]> =>
  (await readFile(join(folder, name), 'utf8')).trim().split('\n').map(Number);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-job-'));
  await file('jobs/copy.ts', COPY);
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('start and restart', () => {
  test('a job runs to its end, found by path or by name, with its parameters', async () => {
    await file('p.json', '{ "to": "a.txt", "day": 3 }');
    const byPath = await ended(['start', './jobs/copy.ts', '--parameters', 'p.json']);
    expect(byPath).toMatchObject({ code: 0, stdout: expect.stringMatching(/^copy: COMPLETED in /) });
    expect(byPath.stderr).toContain('load  COMPLETED  200 read, 196 written, 4 skipped, 21 chunks');
    expect(await written('a.txt')).toEqual(ALL);
    const byName = await ended(['start', 'copy', '--parameters', 'p.json', '-p', 'to=b=1.txt', '--quiet']);
    expect(byName).toMatchObject({ code: 0, stdout: '' });
    expect(await written('b=1.txt')).toEqual(ALL);
    expect(await ended(['params', '2'])).toEqual({ code: 0, stdout: 'to=b=1.txt\nday=3\n', stderr: '' });
  });

  test('what has failed is told with the line of the author, and a restart goes on', async () => {
    const failed = await ended(['start', 'copy', '-p', 'to=x.txt'], { FAIL_AT: '74' });
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringMatching(/^copy: FAILED/) });
    expect(failed.stderr).toContain('TypeError: item 74 is broken');
    expect(failed.stderr).toContain('jobs/copy.ts:8:9');
    expect(failed.stderr).toContain('waymark job restart copy goes on');
    expect(await ended(['restart', 'copy'])).toMatchObject({ code: 0 });
    expect(await written('x.txt')).toEqual(ALL);
    expect(await ended(['restart', 'copy'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('has completed (WM9056)'),
    });
  });

  test('the same identifying parameters are the same instance', async () => {
    const start = ['start', 'copy', '--identity', 'day', '-p', 'day=1'];
    expect(await ended(start, { FAIL_AT: '74' })).toMatchObject({ code: 1 });
    expect(await ended(start)).toMatchObject({ code: 0, stderr: expect.stringContaining('has gone on') });
    expect(await written()).toEqual(ALL);
    expect(await ended(start)).toMatchObject({ code: 4 });
    expect(await ended([...start.slice(0, -1), 'day=2'])).toMatchObject({ code: 0 });
  });

  test('the result as JSON, with JSON lines while it runs', async () => {
    const { code, stdout, stderr } = await ended(['start', 'copy', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      jobName: 'copy',
      batchStatus: 'COMPLETED',
      steps: [{ stepName: 'load', metrics: { readCount: 200, writeCount: 196, processSkipCount: 4 } }],
    });
    const events = stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events[0]).toBe('job-started');
    expect(events.at(-1)).toBe('step-ended');
  });
});

describe('ends that nobody wanted', () => {
  test('after kill -9 a restart waits for the lease and goes on from the last checkpoint', async () => {
    const killed = waymark(['start', 'copy', '--lease', '3s'], { HOLD: '40' });
    await killed.said('wrote 40\n');
    killed.kill('SIGKILL');
    await killed.ended;
    const restarted = await ended(['restart', 'copy']);
    expect(restarted).toMatchObject({ code: 0 });
    const all = await written();
    expect([...new Set(all)]).toEqual(ALL);
    // The writer has no transactions: at most the items of one chunk are there twice.
    expect(all.length - ALL.length).toBeLessThanOrEqual(10);
    const list = JSON.parse((await ended(['list', '--json'])).stdout) as { batchStatus: string }[];
    expect(list.map(({ batchStatus }) => batchStatus)).toEqual(['COMPLETED', 'FAILED']);
  });

  test('without waiting, what may be alive is not restarted', async () => {
    const killed = waymark(['start', 'copy', '--lease', '1h'], { HOLD: '10' });
    await killed.said('wrote 10\n');
    killed.kill('SIGKILL');
    await killed.ended;
    expect(await ended(['restart', 'copy', '--no-wait'])).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/Job execution 1 is running in .*: its lease runs out at .* \(WM9053\)/),
    });
  });

  test('what is alive is not restarted, and stops when another process asks', async () => {
    const running = waymark(['start', 'copy', '--lease', '6s'], { HOLD: '10' });
    await running.said('wrote 10\n');
    expect(await ended(['restart', 'copy'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('it has renewed its lease just now (WM9053)'),
    });
    expect(await ended(['abandon', 'copy'])).toMatchObject({ code: 4 });
    expect(await ended(['list', '--status', 'started'])).toMatchObject({
      stdout: expect.stringContaining('STARTED'),
    });
    const stop = waymark(['stop', '1']);
    await stop.said('Execution 1 is asked to stop.\n');
    await goOn();
    expect(await stop.ended).toMatchObject({ code: 0 });
    expect(stop).toMatchObject({ stdout: 'copy: STOPPED\n', stderr: 'Execution 1 is asked to stop.\n' });
    expect(await running.ended).toEqual({ code: 7, signal: null });
    expect(await ended(['restart', 'copy'])).toMatchObject({ code: 0 });
    expect(await written()).toEqual(ALL);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s stops at the next checkpoint', async (signal) => {
    const running = waymark(['start', 'copy'], { HOLD: '20' });
    await running.said('wrote 20\n');
    running.kill(signal);
    await running.said('Stopping at the next checkpoint');
    await goOn();
    expect(await running.ended).toEqual({ code: 7, signal: null });
    expect(running.stdout).toMatch(/^copy: STOPPED/);
    expect(await ended(['restart', 'copy'])).toMatchObject({ code: 0 });
    expect(await written()).toEqual(ALL);
  });

  test('a second signal ends at once', async () => {
    await file(
      'jobs/deaf.ts',
      `import { job } from 'waymark/batch';
       export const deaf = job('deaf').batchlet('listen', () => {
         process.stderr.write('listening\\n');
         return new Promise(() => setInterval(() => {}, 1000));
       });`,
    );
    const running = waymark(['start', 'deaf']);
    await running.said('listening');
    running.kill('SIGTERM');
    await running.said('Stopping');
    running.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 130, signal: null });
  });
});

describe('looking and cleaning', () => {
  test('show has counts, guarantee, checkpoint and failure; purge removes', async () => {
    await ended(['start', 'copy'], { FAIL_AT: '74' });
    const { stdout } = await ended(['show', 'copy']);
    expect(stdout).toContain('copy, execution 1');
    expect(stdout).toContain('load  FAILED  70 read, 69 written, 1 skipped, 7 chunks, 1 rollback');
    expect(stdout).toContain('at least once: ');
    expect(stdout).toContain('jobs/copy.ts:8:9');
    expect(stdout).toContain('checkpoint after chunk 7');
    expect(stdout).toContain('reader = 70');
    expect(stdout).toContain('skipped in process, item 50: RangeError: no item 50');
    const shown = JSON.parse((await ended(['show', '1', '--json'])).stdout) as { checkpoints: unknown[] };
    expect(shown.checkpoints).toMatchObject([{ stepName: 'load', sequence: 7, reader: '70' }]);
    expect(await ended(['abandon', '1'])).toMatchObject({ code: 0 });
    expect(await ended(['restart', 'copy'])).toMatchObject({ code: 8 });
    expect(await ended(['purge', '--older-than', '1d'])).toMatchObject({
      stderr: '0 instances are purged.\n',
    });
    expect(await ended(['purge', '--older-than', '0s'])).toMatchObject({
      stderr: expect.stringMatching(
        /^1 instance is purged\.\nCheckpoints .* stay there: see --database\.\n$/,
      ),
    });
    expect(await ended(['list'])).toEqual({ code: 0, stdout: '', stderr: 'No executions.\n' });
  });

  test('checkpoints in the database of the writer: show and purge are given its address', async () => {
    await file(
      'jobs/load.ts',
      `import { job, openDatabase, SqlTransactionResource, sqlTableWriter } from 'waymark/batch';
const database = await openDatabase('sqlite:items.db');
await database.execute('CREATE TABLE IF NOT EXISTS item (id INTEGER)');
const resource = new SqlTransactionResource(database);
export default job('load').chunk({
  id: 'load',
  reader: [1, 2, 3],
  writer: sqlTableWriter({ resource, table: 'item', columns: ['id'], row: (id: number) => ({ id }) }),
});
export const close = () => database.close();
`,
    );
    for (const _ of [1, 2]) expect(await ended(['start', 'load'])).toMatchObject({ code: 0 });
    const { stdout } = await ended(['show', '2']);
    expect(stdout).toContain('exactly once');
    expect(stdout).toContain('checkpoint: in that database; --database <address> shows it');
    expect((await ended(['show', '2', '--database', 'sqlite:items.db'])).stdout).toMatch(
      /checkpoint after chunk 1, \d+ bytes\n    reader = 3/,
    );
    const shown = JSON.parse((await ended(['show', '2', '--json', '--database', 'sqlite:items.db'])).stdout);
    expect(shown).toMatchObject({ checkpoints: [{ stepName: 'load', sequence: 1, reader: '3' }] });
    // What an earlier purge has left is found by a later one.
    expect(await ended(['purge', '--older-than', '0s'])).toMatchObject({
      stderr: expect.stringContaining('2 instances are purged'),
    });
    await ended(['start', 'load']);
    expect(await ended(['purge', '--older-than', '1d', '--database', 'sqlite:items.db'])).toMatchObject({
      stderr: '0 instances are purged.\nCheckpoints of 2 instances are removed.\n',
    });
    expect((await ended(['show', '3', '--database', 'sqlite:items.db'])).stdout).toContain('reader = 3');
    expect(await ended(['show', '3', '--database', 'sqlite:other.db'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('waymark_chunk'),
    });
  });

  test('what is not there is said to be not there', async () => {
    expect(await ended(['list'])).toMatchObject({ code: 3, stderr: expect.stringContaining('(WM8027)') });
    expect(await ended(['start', 'nothing'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no job nothing (WM8022)'),
    });
    await ended(['start', 'copy']);
    expect(await ended(['show', 'nothing'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('jobs.db: copy.'),
    });
    expect(await ended(['show', '7'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('(WM9052)'),
    });
    expect(await ended(['stop', '1'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('(WM9054)'),
    });
  });
});
