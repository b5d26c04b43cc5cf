/** `waymark instances`: on a stopped folder, and through the socket of the process that serves it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { socketFor } from '../../src/server/admin-address.ts';
import { REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { requestWhenServed } from './request-when-served.ts';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
/** So deep that no socket fits into it. */
let data: string;
let client: Transport;
let answer: string;
const processes: WaymarkProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  data = join(folder, 'a-data-folder-with-a-long-name-'.repeat(4), 'data');
  await mkdir(join(folder, 'scripts'));
  client = await openLocalTransport({ directory: join(folder, 'mesh') });
  answer = 'defect';
  await client.subscribe('gate', { queue: 'gate' }, ({ replyTo }) => {
    if (answer !== '') void client.publish(replyTo!, encode(answer));
  });
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const script = (name: string, total: string): Promise<void> =>
  writeFile(
    join(folder, `scripts/${name}.ts`),
    `import { call, checkpoint } from 'waymark';
export default async function ${name}({ amount }: { amount: number }) {
  const lines = [amount];
  await checkpoint();
  const word = await call<string>('gate', amount, { timeout: '1h' });
  if (word === 'defect') throw new Error('a defect');
  return { total: ${total}, lines };
}
`,
  );

async function serve(): Promise<WaymarkProcess> {
  const args = ['serve', 'scripts', '--data', data, '--socket', 'mesh'];
  const started = new WaymarkProcess(args, folder);
  processes.push(started);
  await started.said('"event":"serving"');
  return started;
}

/** What it has said about its socket stays in the folder. */
async function kill(server: WaymarkProcess): Promise<void> {
  server.kill('SIGKILL');
  await server.ended;
}

const request = (name: string, amount: number, requestId: string): Promise<unknown> =>
  requestWhenServed(client, name, encode({ amount }), {
    headers: { [REQUEST_ID]: requestId },
    timeout: 200_000,
  }).then((reply) => decode(reply.data));

async function instances(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  const terminal = recordingTerminal(folder, { WAYMARK_DATA: data });
  const code = await main(['instances', ...args], terminal);
  return { code, out: terminal.printed(), said: terminal.said() };
}

const list = async (): Promise<{ id: string; script: string; status: string }[]> =>
  JSON.parse((await instances('list', '--json')).out) as { id: string; script: string; status: string }[];

/** Two that have failed, one that is in flight. */
async function fill(): Promise<void> {
  const failed = [request('pay', 1, 'r1'), request('pay', 2, 'r2')];
  await Promise.all(failed);
  answer = '';
  request('pay', 3, 'r3').catch(() => {});
  await until(async () => (await list()).length === 3);
}

describe('while waymark serve runs, in a folder too deep for a socket', () => {
  test('list and show ask it; a failed instance is retried there, others are refused and purged', async () => {
    await script('pay', 'amount');
    const server = await serve();
    expect(socketFor(data)).not.toContain('a-data-folder');
    await fill();
    const [first, second] = (await list()).filter(({ status }) => status === 'failed');
    const [running] = (await list()).filter(({ status }) => status === 'running');
    const shown = await instances('show', running!.id);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('at pay (pay.ts:4');
    expect(shown.out).toContain('lines = [ 3 ]');

    const busy = await instances('retry', first!.id, running!.id);
    expect(busy.code).toBe(4);
    expect(busy.said).toContain('WM8018');
    expect(busy.said).toContain('it has not failed: it is in flight');
    expect((await list()).filter(({ status }) => status === 'failed')).toHaveLength(2);

    answer = 'fine';
    const retried = await instances('retry', first!.id);
    expect(retried).toMatchObject({
      code: 0,
      out: `${first!.id} (pay) goes on from checkpoint 1`,
    });
    await until(async () =>
      (await list()).some(({ id, status }) => id === first!.id && status === 'completed'),
    );
    expect((await instances('retry', first!.id)).said).toContain('it has completed');

    const force = await instances('purge', running!.id);
    expect(force.code).toBe(4);
    expect(force.said).toContain('WM8019');
    expect(await instances('purge', '--force', running!.id, second!.id)).toMatchObject({
      code: 0,
      out: `${running!.id} (pay, running) is purged\n${second!.id} (pay, failed) is purged`,
    });
    expect((await list()).map(({ id }) => id)).toEqual([first!.id]);
    expect((await instances('show', second!.id)).code).toBe(3);
    await kill(server);
  });
});

describe('on a stopped folder', () => {
  test('a retried instance goes on with the next start; a purged one does not; its code goes', async () => {
    await script('pay', 'amount');
    const server = await serve();
    await fill();
    const all = await list();
    const [first, second] = all.filter(({ status }) => status === 'failed');
    const running = all.find(({ status }) => status === 'running')!;
    await kill(server);

    const prefix = running.id.slice(0, 2);
    const part = await instances('purge', prefix);
    expect(part.code).toBe(3);
    expect(part.said).toContain(`There is no instance ${prefix}`);
    expect(part.said).toContain('To purge, give the whole id: ');
    expect((await instances('purge', running.id)).said).toContain('WM8019');
    const nothing = await instances('retry', 'nosuch');
    expect(nothing.code).toBe(3);
    expect(nothing.said).toContain('WM8012');
    const several = await instances('retry', '');
    expect(several.code).toBe(3);

    expect((await instances('retry', first!.id)).out).toBe(
      `${first!.id} (pay) will go on with the next start from checkpoint 1`,
    );
    expect((await instances('purge', second!.id, '--force', running.id)).code).toBe(0);
    expect((await list()).map(({ id, status }) => `${id} ${status}`)).toEqual([`${first!.id} running`]);
    answer = 'fine';
    const again = await serve();
    await until(async () => (await list())[0]!.status === 'completed');
    await kill(again);

    await instances('purge', first!.id);
    const store = await openSqliteStore({ directory: data, thread: 'main' });
    expect(await store.usedCode()).toEqual([]);
    expect(await store.list()).toEqual([]);
    await store.close();
  });

  test('migrate prints a table of what fits and what does not, by the beginning of ids too', async () => {
    await script('pay', 'amount');
    await script('ship', 'amount');
    answer = '';
    const server = await serve();
    request('pay', 1, 'r1').catch(() => {});
    request('ship', 2, 'r2').catch(() => {});
    await until(async () => (await list()).length === 2);
    await kill(server);
    const pay = (await list()).find((one) => one.script === 'pay')!;
    await script('pay', 'amount * 100');
    await writeFile(
      join(folder, 'scripts/ship.ts'),
      `import { call, checkpoint } from 'waymark';
export default async function ship({ amount }: { amount: number }) {
  const lines = [amount], vat = 1;
  await checkpoint();
  const word = await call<string>('gate', amount, { timeout: '1h' });
  if (word === 'defect') throw new Error('a defect');
  return { total: amount + vat, lines };
}
`,
    );

    const unnamed = await instances('migrate', '--to', 'latest');
    expect(unnamed.code).toBe(2);
    expect(unnamed.said).toContain('WM8017');

    const dry = await instances('migrate', '--to', 'latest', '--scripts', 'scripts', '--dry-run');
    expect(dry.code).toBe(4);
    const [head, ...rows] = dry.out.split('\n');
    expect(head!.split(/\s{2,}/)).toEqual(['ID', 'SCRIPT', 'FROM', 'TO', 'RESULT']);
    const cells = rows.map((row) => row.split(/\s{2,}/));
    expect(cells.map(([, name, , , result]) => [name, result])).toEqual(
      expect.arrayContaining([
        ['pay', 'can be moved'],
        ['ship', 'refused: ship.ts:4 ship(): the new code needs "vat", which is not saved there'],
      ]),
    );
    expect(dry.said).toContain('1 can be moved, 1 refused. Nothing was changed.');

    const moved = await instances('migrate', '--to', 'latest', '--scripts', 'scripts', pay.id.slice(0, 24));
    expect(moved).toMatchObject({ code: 0, said: '1 moved, 0 refused.' });
    const none = await instances('migrate', '--to', 'latest', '--scripts', 'scripts', 'nosuch');
    expect(none.code).toBe(3);
    expect(none.said).toContain('WM8012');
    answer = 'fine';
    const again = await serve();
    expect(await request('pay', 1, 'r1')).toEqual({ total: 100, lines: [1] });
    expect(await request('ship', 2, 'r2')).toEqual({ total: 2, lines: [2] });
    await kill(again);
  });
});
