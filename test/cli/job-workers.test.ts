/** `waymark job` with partitions in worker threads: these find the modules that the command line has loaded. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-job-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (...args: string[]) => startWith({}, ...args);

async function startWith(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const process_ = new WaymarkProcess(['job', 'start', ...args], folder, environment);
  const { code } = await process_.ended;
  return { code, stdout: process_.stdout.split('\n').toSorted(), stderr: process_.stderr };
}

test('a job that does not say its module; its exports called close are called in each thread', async () => {
  await writeFile(
    join(folder, 'job.ts'),
    `import { isMainThread } from 'node:worker_threads';
import { job } from 'waymark/batch';
export default job('parts').chunk({
  reader: ({ partition }) => [partition!.index],
  writer: ([index]: readonly number[]) => console.log('write', index, isMainThread),
  partition: { over: 2, workers: 2 },
});
export const close = () => console.log('closed', isMainThread);
`,
  );
  const { code, stdout, stderr } = await start('./job.ts');
  expect(stderr).toContain('2 read, 2 written');
  expect(stdout).toEqual([
    '',
    'closed false',
    'closed false',
    'closed true',
    expect.stringMatching(/^parts: COMPLETED/),
    'write 0 false',
    'write 1 false',
  ]);
  expect(code).toBe(0);
});

test('job XML with artifacts of a module and other names for them', async () => {
  await writeFile(
    join(folder, 'artifacts.ts'),
    `import { isMainThread } from 'node:worker_threads';
import { ArtifactRegistry } from 'waymark/batch';
export const artifacts = new ArtifactRegistry()
  .add('com.acme.Task', ({ partition }) => ({ process: () => console.log('run', partition!.index, isMainThread) }));
`,
  );
  await writeFile(
    join(folder, 'batch.xml'),
    `<batch-artifacts xmlns="https://jakarta.ee/xml/ns/jakartaee"><ref id="task" class="com.acme.Task"/></batch-artifacts>`,
  );
  await writeFile(
    join(folder, 'tasks.xml'),
    `<job id="tasks" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
  <step id="run">
    <properties><property name="waymark.workers" value="2"/></properties>
    <batchlet ref="task"/>
    <partition><plan partitions="3"/></partition>
  </step>
</job>`,
  );
  const { code, stdout } = await start(
    './tasks.xml',
    '--artifacts',
    'artifacts.ts',
    '--batch-xml',
    'batch.xml',
  );
  expect(stdout).toEqual([
    '',
    'run 0 false',
    'run 1 false',
    'run 2 false',
    expect.stringMatching(/^tasks: COMPLETED/),
  ]);
  expect(code).toBe(0);
});

test('nothing that a thread prints is lost at its end', async () => {
  await writeFile(
    join(folder, 'talk.ts'),
    `import { isMainThread } from 'node:worker_threads';
import { job } from 'waymark/batch';
export default job('talk').batchlet('say', () => 'OK', { partition: { over: 2, workers: 2 } });
export const close = async () => {
  if (isMainThread) return;
  for (let line = 0; line < 300; line++) {
    console.log('line', line);
    console.error('note', line);
    await new Promise(setImmediate);
  }
};
`,
  );
  const { code, stdout, stderr } = await start('./talk.ts', '--quiet');
  expect(code).toBe(0);
  const said = (text: string, word: string): number =>
    text.split('\n').filter((line) => line.startsWith(word)).length;
  expect([said(stdout.join('\n'), 'line'), said(stderr, 'note')]).toEqual([600, 600]);
});

test('a thread whose heap is full takes only its partition with it', async () => {
  await writeFile(
    join(folder, 'hungry.ts'),
    `import { job } from 'waymark/batch';
export default job('hungry').batchlet(
  'eat',
  ({ partition }) => {
    // Of small pieces: when V8 wants one that is larger than what a full heap is given, the process ends.
    for (let rest: object | null = null; partition!.index === 1;) rest = { rest, more: [1, 2, 3] };
    console.log('partition', partition!.index);
    return 'OK';
  },
  { partition: { over: 3, workers: 1 } },
);
`,
  );
  const { code, stdout, stderr } = await startWith(
    { NODE_OPTIONS: '--max-old-space-size=150' },
    './hungry.ts',
  );
  expect(stderr).toContain('The worker thread of partition 1 of step "eat" has ended');
  expect(stderr).toContain('reaching memory limit');
  expect(stdout).toEqual(expect.arrayContaining(['partition 0', 'partition 2']));
  expect(code).toBe(1);
});
