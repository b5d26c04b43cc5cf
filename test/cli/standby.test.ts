/** A second process of `waymark serve` on the same data folder, which waits for it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
const processes: WaymarkProcess[] = [];

function serve(...args: string[]): WaymarkProcess {
  const started = new WaymarkProcess(['serve', 'scripts', ...args], folder);
  processes.push(started);
  return started;
}

/** A request that has been accepted; sent again while nobody is found, as nodes may be slow to greet on a busy machine. */
async function accepted(): Promise<WaymarkProcess> {
  for (;;) {
    const asked = new WaymarkProcess(
      ['request', 'order', '--input', '{"id":7}', '--timeout', '100000'],
      folder,
    );
    processes.push(asked);
    if ((await Promise.race([asked.said('"accepted":7'), asked.ended])) === undefined) return asked;
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts'));
  await writeFile(
    join(folder, 'scripts/order.ts'),
    `import { checkpoint, reply, self, sleep } from 'waymark';
     export default async function order({ id }: { id: number }) {
       await checkpoint({ commit: () => reply({ accepted: id }) });
       if (!self.recovered) await sleep('1h');
       return { id, attempt: self.attempt };
     }\n`,
  );
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

test('goes on with the instances of the process that is killed', async () => {
  const first = serve('--standby');
  await first.said('"event":"serving"');
  expect(first.stderr).not.toContain('"event":"standby"');
  const second = serve('--standby');
  await second.said('"event":"standby"');
  const asked = await accepted();
  expect(second.stderr).not.toContain('"event":"serving"');
  first.kill('SIGKILL');
  await first.ended;
  await second.said('"event":"serving"');
  expect(second.stderr).toMatch(/"event":"serving".*"recovered":1/);
  expect(await asked.ended).toMatchObject({ code: 0 });
  expect(asked.stdout).toContain('"attempt":2');
});

test('ends when it is asked to, and leaves the process that serves alone', async () => {
  const first = serve();
  await first.said('"event":"serving"');
  const second = serve('--standby');
  await second.said('"event":"standby"');
  second.kill('SIGTERM');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  await accepted();
  expect(first.stderr).not.toContain('"event":"stopping"');
});
