/** What makes the next start of a killed `waymark serve` quick. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WaymarkProcess } from './waymark-process.ts';

test('what Node has compiled outlives SIGKILL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wm-'));
  const cache = join(folder, 'cache');
  await mkdir(join(folder, 'scripts'));
  await writeFile(join(folder, 'scripts/idle.ts'), 'export default async function idle() {}\n');
  const served = new WaymarkProcess(['serve', 'scripts', '--json'], folder, { NODE_COMPILE_CACHE: cache });
  const files = async (): Promise<number> =>
    (await readdir(cache, { recursive: true }).catch(() => [])).length;
  try {
    await served.said('"serving"');
    // The folder is written after the sentence; the command line alone has fewer files.
    while ((await files()) < 200) await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    served.kill('SIGKILL');
    expect((await served.ended).signal).toBe('SIGKILL');
    expect(await files()).toBeGreaterThanOrEqual(200);
    await rm(folder, { recursive: true, force: true });
  }
});
