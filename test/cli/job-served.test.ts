/** Batch jobs inside of `waymark serve`: started from outside, killed, stopped, going on. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
const processes: WaymarkProcess[] = [];

function waymark(args: readonly string[], environment: NodeJS.ProcessEnv = {}): WaymarkProcess {
  const started = new WaymarkProcess(args, folder, environment);
  processes.push(started);
  return started;
}

async function ended(...args: readonly string[]) {
  const process_ = waymark(args);
  const { code } = await process_.ended;
  return { code, stdout: process_.stdout, stderr: process_.stderr };
}

const serve = (environment: NodeJS.ProcessEnv = {}): WaymarkProcess =>
  waymark(
    ['serve', 'scripts', '--jobs', 'jobs', '--job-lease', '3s', '--http', '127.0.0.1:0', '--json'],
    environment,
  );

const event = (process_: WaymarkProcess, name: string): Record<string, unknown> =>
  process_.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find((found) => found['event'] === name)!;

/** From the item HOLD on each chunk stays in its writer until the test lets it go on, and takes a while then. */
const COPY = `
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { job } from 'waymark/batch';

export default job('copy').chunk({
  id: 'load',
  reader: Array.from({ length: 100 }, (_, index) => index + 1),
  writer: async (items: readonly number[], { job: { parameters } }) => {
    await appendFile(parameters['to'] ?? 'out.txt', items.map((item) => item + '\\n').join(''));
    process.stderr.write('wrote ' + items.at(-1) + '\\n');
    if (items.at(-1)! < Number(process.env.HOLD ?? Infinity)) return;
    while (!existsSync('go')) await sleep(20);
    await sleep(600);
  },
});
`;
const ALL = Array.from({ length: 100 }, (_, index) => index + 1);

const goOn = (): Promise<void> => writeFile(join(folder, 'go'), '');
/** Has stopped gracefully, with the job that it ran. */
async function stoppedHalfway(): Promise<WaymarkProcess> {
  const process_ = serve({ HOLD: '20' });
  await process_.said('"event":"serving"');
  expect(await ended('request', 'job.copy')).toMatchObject({ code: 0 });
  await process_.said('wrote 20\n');
  process_.kill('SIGTERM');
  await process_.said('"event":"stopping"');
  await goOn();
  expect(await process_.ended).toEqual({ code: 0, signal: null });
  return process_;
}

const written = async (name = 'out.txt'): Promise<readonly number[]> =>
  (await readFile(join(folder, name), 'utf8')).trim().split('\n').map(Number);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-jobs-'));
  await mkdir(join(folder, 'scripts'));
  await mkdir(join(folder, 'jobs'));
  await writeFile(join(folder, 'jobs/copy.ts'), COPY);
  await writeFile(join(folder, 'jobs/bad.xml'), '<job id="bad">\n  <step/>\n</job>\n');
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

test('jobs are started by the command line and by requests, and counted in the metrics', async () => {
  const server = serve();
  await server.said('"event":"serving"');
  expect(event(server, 'serving')).toMatchObject({
    jobs: ['copy'],
    failedJobs: [
      {
        file: 'jobs/bad.xml',
        reasons: expect.arrayContaining([expect.stringMatching(/^jobs\/bad\.xml:2:3 WM9004/)]),
      },
    ],
  });
  expect(await ended('job', 'start', 'copy', '--served')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^copy: COMPLETED/),
    stderr: expect.stringContaining('100 read, 100 written, 11 chunks'),
  });
  const input = JSON.stringify({ parameters: { to: 'b.txt', day: 1 }, identity: ['day'], wait: true });
  const request = await ended('request', 'job.copy', '--input', input);
  expect(JSON.parse(request.stdout)).toEqual({
    execution: 2,
    instance: 2,
    batchStatus: 'COMPLETED',
    exitStatus: 'COMPLETED',
  });
  expect(await ended('request', 'job.copy', '--input', input)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('WM9056'),
  });
  expect(await ended('request', 'job.copy', '--input', '{"parameters":[]}')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('WM7040'),
  });
  expect(await ended('job', 'start', 'nothing', '--served')).toMatchObject({ code: 3 });
  const metrics = await (await fetch(`${event(server, 'serving')['http'] as string}/metrics`)).text();
  expect(metrics.split('\n')).toEqual(
    expect.arrayContaining([
      'waymark_jobs_running{job="copy"} 0',
      'waymark_jobs_started_total{job="copy"} 2',
      'waymark_jobs_ended_total{job="copy",status="COMPLETED"} 2',
      'waymark_job_items_read_total{job="copy"} 200',
      'waymark_job_items_written_total{job="copy"} 200',
      'waymark_job_chunks_total{job="copy"} 22',
      'waymark_job_commit_seconds_count 22',
    ]),
  );
});

test('after kill -9 the next process goes on from the last checkpoint, by itself', async () => {
  const first = serve({ HOLD: '30' });
  await first.said('"event":"serving"');
  waymark(['job', 'start', 'copy', '--served']);
  await first.said('wrote 30\n');
  first.kill('SIGKILL');
  await first.ended;
  const second = serve();
  await second.said('"event":"job-restarted"');
  await second.said('"batchStatus":"COMPLETED"');
  const all = await written();
  expect([...new Set(all)]).toEqual(ALL);
  expect(all.length - ALL.length).toBeLessThanOrEqual(10);
});

test('a graceful stop stops jobs at a checkpoint, and the next process goes on; what was stopped by hand stays', async () => {
  const first = await stoppedHalfway();
  expect(event(first, 'job-ended')).toMatchObject({ job: 'copy', execution: 1, batchStatus: 'STOPPED' });
  expect(event(first, 'jobs-stopped')).toMatchObject({ stopped: 1 });
  await rm(join(folder, 'go'));
  const second = serve({ HOLD: '30' });
  await second.said('"event":"job-restarted"');
  const stop = waymark(['job', 'stop', 'copy']);
  await stop.said('is asked to stop');
  // Eight chunks are left: the stop comes in time.
  await goOn();
  expect(await stop.ended).toMatchObject({ code: 0 });
  expect(stop.stdout).toBe('copy: STOPPED\n');
  second.kill('SIGTERM');
  await second.ended;
  const third = serve();
  await third.said('"event":"serving"');
  third.kill('SIGTERM');
  await third.ended;
  expect(third.stderr).not.toContain('job-restarted');
  expect(await ended('job', 'restart', 'copy')).toMatchObject({ code: 0 });
  expect(await written()).toEqual(ALL);
});

test('a damaged list of stopped jobs keeps nobody from serving', async () => {
  await stoppedHalfway();
  const list = join(folder, '.waymark/stopped-jobs.json');
  expect(JSON.parse(await readFile(list, 'utf8'))).toEqual([1]);
  await writeFile(list, '[1');
  const second = serve();
  await second.said('"event":"job-problem"');
  expect(event(second, 'job-problem')).toMatchObject({ error: { code: 'WM9077' } });
  expect(await readFile(`${list}.damaged`, 'utf8')).toBe('[1');
  expect(await ended('job', 'restart', 'copy')).toMatchObject({ code: 0 });
  expect(await written()).toEqual(ALL);
});

test('a job is started on a node over the transport, and waited for', async () => {
  const server = serve();
  await server.said('"event":"serving"');
  const remote = ['job', 'start', 'copy', '--socket', '.waymark/mesh'];
  const first = await ended(...remote, '-p', 'to=remote.txt', '--identity');
  expect(first).toMatchObject({ code: 0, stdout: 'copy: COMPLETED\n' });
  expect(first.stderr).toMatch(/^copy: execution 1 has begun, of waymark serve on .*, process \d+\n$/);
  expect(await written('remote.txt')).toEqual(ALL);
  expect(await ended(...remote, '-p', 'to=remote.txt', '--identity')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has completed (WM9056)'),
  });
  const failed = await ended(...remote, '-p', 'to=no/such/folder', '--json');
  expect(failed.code).toBe(1);
  expect(JSON.parse(failed.stdout)).toEqual({
    execution: 2,
    instance: 2,
    batchStatus: 'FAILED',
    exitStatus: 'FAILED',
  });
  expect(await ended('job', 'start', 'nothing', '--socket', '.waymark/mesh')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('WM6001'),
  });
});

test('Ctrl-C leaves a job on a node running', async () => {
  const server = serve({ HOLD: '10' });
  await server.said('"event":"serving"');
  const starting = waymark(['job', 'start', 'copy', '--socket', '.waymark/mesh']);
  await starting.said('has begun');
  starting.kill('SIGINT');
  expect(await starting.ended).toEqual({ code: 130, signal: null });
  expect(starting.stderr).toContain('It runs on; on its node waymark job stop 1 stops it.');
  await goOn();
  await server.said('"batchStatus":"COMPLETED"');
  expect(await written()).toEqual(ALL);
});

test('without a process that serves jobs, --served says so', async () => {
  expect(await ended('job', 'start', 'copy', '--served')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('(WM8029)'),
  });
});
