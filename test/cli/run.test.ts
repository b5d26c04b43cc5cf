import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
const processes: WaymarkProcess[] = [];

function waymark(...args: string[]): WaymarkProcess {
  const started = new WaymarkProcess(args, folder);
  processes.push(started);
  return started;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

const script = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

/** Stops after its checkpoint in the first life; ends in the second. */
const RESUMABLE = `import { checkpoint, self, sleep } from 'waymark';
  interface Input { readonly items: readonly string[] }
  async function step(item: string, index: number): Promise<string> {
    const label = \`\${index}:\${item}\`;
    await checkpoint();
    process.stderr.write(\`did \${label}\\n\`);
    if (index === 1 && !self.recovered) await sleep('1h').then(() => 'never');
    return label;
  }
  export default async function resumable({ items }: Input) {
    const done: string[] = [];
    for (const item of items) done.push(await step(item, done.length));
    return { done, attempt: self.attempt };
  }\n`;

test('prints the result as JSON to stdout and nothing else there', async () => {
  await script(
    'sum.ts',
    'export default async function sum(list: number[]) { let s = 0; for (const n of list) s += await n; return { s }; }',
  );
  const ended = waymark('run', 'sum.ts', '--input', '[1,2,3]');
  expect(await ended.ended).toEqual({ code: 0, signal: null });
  expect(JSON.parse(ended.stdout)).toEqual({ s: 6 });
});

test('a script gets what --input says, null too, and undefined without it', async () => {
  await script('echo.ts', "export default (input: unknown) => (input === undefined ? 'none' : [input]);");
  for (const [args, result] of [
    [[], '"none"'],
    [['--input', 'null'], '[null]'],
    [['--input', '0'], '[0]'],
  ] as const) {
    const terminal = recordingTerminal(folder);
    expect(await main(['run', 'echo.ts', ...args], terminal)).toBe(0);
    expect(terminal.printed()).toBe(result);
  }
});

test('a script that returns undefined prints nothing; what JSON cannot hold is a failure', async () => {
  await script('nothing.ts', 'export default async function nothing() {}');
  const nothing = recordingTerminal(folder);
  expect(await main(['run', 'nothing.ts'], nothing)).toBe(0);
  expect(nothing.printed()).toBe('');
  await script('big.ts', 'export default async function big() { return 10n; }');
  const big = recordingTerminal(folder);
  expect(await main(['run', 'big.ts'], big)).toBe(1);
  expect(big.said()).toContain('BigInt (WM7004)');
  expect(big.said()).not.toContain('--retry');
});

test("an uncaught error: exit code 1, the author's line on stderr, nothing on stdout", async () => {
  await script(
    'fails.ts',
    "export default async function fails() {\n  await null;\n  throw new RangeError('out of stock');\n}\n",
  );
  const ended = waymark('run', 'fails.ts');
  expect(await ended.ended).toEqual({ code: 1, signal: null });
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toContain('RangeError: out of stock');
  expect(ended.stderr).toContain('fails.ts:3');
  expect(ended.stderr).not.toContain('promise.ts');
  expect(ended.stderr).not.toContain('--retry');
});

test('a script that is refused: exit code 5, and no data folder is made', async () => {
  await script('refused.ts', 'await null;\nexport default function refused() {}');
  const terminal = recordingTerminal(folder);
  expect(await main(['run', 'refused.ts'], terminal)).toBe(5);
  expect(terminal.said()).toContain('WM1013');
  expect(await main(['instances', 'list'], recordingTerminal(folder))).toBe(3);
});

test('kill -9, show, run again: goes on from the checkpoint with its variables', async () => {
  await script('resumable.ts', RESUMABLE);
  const first = waymark('run', 'resumable.ts', '--input', '{"items":["a","b","c"]}');
  await first.said('did 1:b');
  first.kill('SIGKILL');
  await first.ended;
  await script('resumable.ts', "export default async function resumable() { return 'new code'; }");

  const list = recordingTerminal(folder);
  expect(await main(['instances', 'list', '--json'], list)).toBe(0);
  const [instance] = JSON.parse(list.printed()) as [{ id: string; sequence: number }];
  expect(instance).toMatchObject({ script: 'resumable', status: 'running', sequence: 2 });

  const show = recordingTerminal(folder);
  expect(await main(['instances', 'show', instance.id.slice(0, 12)], show)).toBe(0);
  expect(show.printed()).toContain(instance.id);
  expect(show.printed()).toMatch(/at step \(.*resumable\.ts:5:\d+\)/);
  expect(show.printed()).toContain('5 | await checkpoint();');
  expect(show.printed()).toContain("label = '1:b'");
  expect(show.printed()).toMatch(/at resumable \(.*resumable\.ts:12:\d+\)/);
  expect(show.printed()).toContain("done = [ '0:a' ]");

  const second = waymark('run', 'resumable.ts');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(JSON.parse(second.stdout)).toEqual({ done: ['0:a', '1:b', '2:c'], attempt: 2 });
  expect(second.stderr).toContain(`resuming ${instance.id} from checkpoint 2`);
  expect(second.stderr).not.toContain('did 0:a');
});

test('Ctrl-C: exit code 130, and the next run goes on', async () => {
  await script('resumable.ts', RESUMABLE);
  const first = waymark('run', 'resumable.ts', '--input', '{"items":["a","b"]}');
  await first.said('did 1:b');
  first.kill('SIGINT');
  expect(await first.ended).toEqual({ code: 130, signal: null });
  expect(first.stderr).toContain('run the same command again');
  const second = waymark('run', 'resumable.ts');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(JSON.parse(second.stdout)).toMatchObject({ done: ['0:a', '1:b'] });
});

test('--retry goes on with a failed instance from its last checkpoint', async () => {
  await script(
    'flaky.ts',
    `import { checkpoint, self } from 'waymark';
     export default async function flaky() {
       await checkpoint();
       if (self.attempt === 1) throw new Error('first attempt');
       return self.attempt;
     }\n`,
  );
  const first = waymark('run', 'flaky.ts');
  expect(await first.ended).toEqual({ code: 1, signal: null });
  expect(first.stderr).toContain('waymark run --retry goes on from there');
  const list = recordingTerminal(folder);
  await main(['instances', 'list', '--json'], list);
  const [failed] = JSON.parse(list.printed()) as [{ id: string }];
  const show = recordingTerminal(folder);
  expect(await main(['instances', 'show', failed.id], show)).toBe(0);
  expect(show.printed()).toContain('Error: first attempt (WM7001)');
  const second = waymark('run', 'flaky.ts', '--retry');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(JSON.parse(second.stdout)).toBe(2);
  const third = waymark('run', 'flaky.ts', '--retry');
  expect(await third.ended).toEqual({ code: 3, signal: null });
});

test('a second run on a data folder in use: exit code 4', async () => {
  await script('resumable.ts', RESUMABLE);
  const first = waymark('run', 'resumable.ts', '--input', '{"items":["a","b"]}');
  await first.said('did 1:b');
  const second = waymark('run', 'resumable.ts');
  expect(await second.ended).toEqual({ code: 4, signal: null });
  expect(second.stderr).toContain('WM8007');
});
