/** Where `waymark job` finds jobs, and what it says of those that it cannot use. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-job-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const file = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
};

async function start(...args: string[]) {
  const process_ = new WaymarkProcess(['job', 'start', ...args], folder);
  const { code } = await process_.ended;
  return { code, stdout: process_.stdout, stderr: process_.stderr };
}

const xml = (step: string): string => `<?xml version="1.0"?>
<job id="numbers" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
  ${step}
</job>
`;
const STEP = `<step id="load">
    <chunk item-count="#{jobParameters['count']}?:2;">
      <reader ref="numbers"><properties><property name="to" value="#{systemProperties['to']}?:3;"/></properties></reader>
      <writer ref="printer"/>
    </chunk>
  </step>`;
const ARTIFACTS = `
import { ArtifactRegistry } from 'waymark/batch';
export const artifacts = new ArtifactRegistry()
  .add('com.acme.Numbers', ({ properties }) => {
    let at = 0;
    return { readItem: () => (at < Number(properties['to']) ? ++at : null) };
  })
  .add('printer', () => ({ writeItems: (items: readonly number[]) => console.log('write', items.join(' ')) }));
export const close = () => console.log('closed');
`;
const BATCH_XML = `<batch-artifacts xmlns="https://jakarta.ee/xml/ns/jakartaee">
  <ref id="numbers" class="com.acme.Numbers"/>
</batch-artifacts>
`;

test('job XML by name, its artifacts from a module and from the batch.xml of its folder', async () => {
  await file('META-INF/batch-jobs/numbers.xml', xml(STEP));
  await file('META-INF/batch.xml', BATCH_XML);
  await file('artifacts.ts', ARTIFACTS);
  const { code, stdout, stderr } = await start(
    'numbers',
    '--artifacts',
    './artifacts.ts',
    '-D',
    'to=5',
    '-p',
    'count=3',
  );
  expect(stderr).toContain('5 read, 5 written, 2 chunks');
  expect(stdout).toMatch(/^write 1 2 3\nwrite 4 5\nnumbers: COMPLETED in .*\nclosed\n$/);
  expect(code).toBe(0);
});

test('job XML that is not valid is refused with the line', async () => {
  await file('batch-jobs/numbers.xml', xml('<step id="load" nxt="b"/>'));
  const { code, stderr } = await start('./batch-jobs/numbers.xml');
  expect(code).toBe(5);
  expect(stderr).toMatchInlineSnapshot(`
    "batch-jobs/numbers.xml:3:3 WM9005 <step> needs <batchlet> or <chunk>

      1 | <?xml version="1.0"?>
      2 | <job id="numbers" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
    > 3 |   <step id="load" nxt="b"/>
        |   ^
      4 | </job>

      fix: Add <batchlet> or <chunk>.

    batch-jobs/numbers.xml:3:19 WM9003 <step> has no attribute "nxt"

      1 | <?xml version="1.0"?>
      2 | <job id="numbers" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
    > 3 |   <step id="load" nxt="b"/>
        |                   ^
      4 | </job>

      fix: Remove it, or use one of: id, next, start-limit, allow-start-if-complete.
    "
  `);
});

test('all that cannot be used is told, with the lines, before anything runs', async () => {
  await file('batch-jobs/numbers.xml', xml(STEP));
  const { code, stderr } = await start('numbers', '-p', 'count=none');
  expect(code).toBe(5);
  expect(stderr).toMatchInlineSnapshot(`
    "waymark: The job cannot start, nothing has been run:
    batch-jobs/numbers.xml:4:5 WM9041 item-count must be a whole number of at least 1, not "none" (written "#{jobParameters['count']}?:2;")

      2 | <job id="numbers" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
      3 |   <step id="load">
    > 4 |     <chunk item-count="#{jobParameters['count']}?:2;">
        |     ^
      5 |       <reader ref="numbers"><properties><property name="to" value="#{systemProperties['to']}?:3;"/></properties></reader>

    batch-jobs/numbers.xml:5:7 WM9047 no artifact "numbers" (reader)

      3 |   <step id="load">
      4 |     <chunk item-count="#{jobParameters['count']}?:2;">
    > 5 |       <reader ref="numbers"><properties><property name="to" value="#{systemProperties['to']}?:3;"/></properties></reader>
        |       ^
      6 |       <writer ref="printer"/>

    batch-jobs/numbers.xml:6:7 WM9047 no artifact "printer" (writer)

      4 |     <chunk item-count="#{jobParameters['count']}?:2;">
      5 |       <reader ref="numbers"><properties><property name="to" value="#{systemProperties['to']}?:3;"/></properties></reader>
    > 6 |       <writer ref="printer"/>
        |       ^
      7 |     </chunk>

    "
  `);
});

test('a module that cannot be loaded, and one that has no job or several', async () => {
  await file('broken.ts', 'export default {\n');
  await file(
    'throws.ts',
    "const settings: string[] = [];\nif (settings.length === 0) throw new Error('no settings');\n",
  );
  await file('none.ts', 'export const answer = 42;\n');
  await file(
    'several.ts',
    `import { job } from 'waymark/batch';
     export const first = job('one').batchlet('say', () => console.log('first'));
     export const second = job('two').batchlet('say', () => console.log('second'));`,
  );
  expect(await start('broken.ts')).toMatchObject({
    code: 5,
    stderr: expect.stringMatching(/broken\.ts cannot be loaded \(WM8023\)[^]*SyntaxError/),
  });
  expect(await start('throws.ts')).toMatchObject({
    code: 5,
    stderr: expect.stringMatching(/WM8023[^]*Error: no settings\n.*throws\.ts:2:34/),
  });
  expect(await start('none.ts')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none.ts exports no job (WM8024)'),
  });
  expect(await start('several.ts')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('several.ts exports the jobs first, second (WM8024)'),
  });
  expect(await start('several.ts', '--export', 'second')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^second\ntwo: COMPLETED/),
  });
  expect(await start('none.ts', '--artifacts', 'none.ts')).toMatchObject({ code: 2 });
});

test('parameters and artifacts that cannot be read', async () => {
  await file(
    'job.ts',
    "import { job } from 'waymark/batch';\nexport default job('one').batchlet('say', () => 'OK');\n",
  );
  await file('list.json', '[1]');
  await file('lines.txt', '# all\nday = 3\nmonth\n');
  await file('batch-jobs/numbers.xml', xml(STEP));
  expect(await start('job.ts', '--parameters', 'list.json')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it is no object (WM8025)'),
  });
  expect(await start('job.ts', '--parameters', 'lines.txt')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('line 3 is not name=value (WM8025)'),
  });
  expect(await start('job.ts', '-p', 'day')).toMatchObject({ code: 2 });
  expect(await start('numbers', '--artifacts', 'job.ts')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('job.ts exports no ArtifactRegistry (WM8026)'),
  });
});
