/** A thousand instances in flight over three versions of their script, a kill, and a move to the newest. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { compile } from '../../src/compiler/index.ts';
import type { MoveResult } from '../../src/node/code-moves.ts';
import { AdminClient } from '../../src/server/admin-client.ts';
import { POSSIBLE_REPEAT, REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { requestWhenServed } from './request-when-served.ts';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
let client: Transport;
const processes: WaymarkProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts'));
  client = await openLocalTransport({ directory: join(folder, '.waymark/mesh') });
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

const decode = (data: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(data));
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The second version computes a discount before the wait; the third uses it otherwise. */
const VERSIONS = [
  `async function price(n: number) { return n * 10; }
   export default async function order({ n }: { n: number }) {
     const total = await price(n);
     await checkpoint();
     await call('gate', n, { timeout: '1h' });
     return { version: 1, total };
   }`,
  `async function price(n: number, rate: number) { return n * rate; }
   export default async function order({ n }: { n: number }) {
     const discount = n % 2;
     const total = await price(n, 20);
     await checkpoint();
     await call('gate', n, { timeout: '1h' });
     return { version: 2, total: total - discount };
   }`,
  `const audit = async (text: string) => void (await publish('audit', text));
   async function price(n: number, rate: number) { return n * rate; }
   export default async function order({ n }: { n: number }) {
     const discount = n % 2;
     const total = await price(n, 30);
     await checkpoint();
     await call('gate', n, { timeout: '1h' });
     await audit(\`order \${n}\`);
     return { version: 3, total: total - 2 * discount };
   }`,
];

interface Gate {
  readonly waiting: ReadonlyMap<number, string>;
  open(may: (n: number) => boolean): void;
}

/** Answers those that it is open for; the others wait until it is. */
async function openGate(): Promise<Gate> {
  const waiting = new Map<number, string>();
  let may = (_n: number): boolean => false;
  const let_through = (): void => {
    for (const [n, replyTo] of waiting) {
      if (!may(n)) continue;
      waiting.delete(n);
      void client.publish(replyTo, encode('open'));
    }
  };
  await client.subscribe('gate', { queue: 'gate' }, ({ data, replyTo }) => {
    waiting.set(decode(data) as number, replyTo!);
    let_through();
  });
  return {
    waiting,
    open(next) {
      may = next;
      let_through();
    },
  };
}

async function serve(): Promise<WaymarkProcess> {
  const started = new WaymarkProcess(['serve', 'scripts'], folder);
  processes.push(started);
  await started.said('"event":"serving"');
  return started;
}

/** Writes version `number` of the script; gives its code hash once it is served. */
async function deploy(number: number, server?: WaymarkProcess): Promise<string> {
  const file = join(folder, 'scripts/order.ts');
  await writeFile(file, `import { call, checkpoint, publish } from 'waymark';\n${VERSIONS[number - 1]}\n`);
  const { hash } = await compile(file);
  await server?.said(hash);
  return hash;
}

/** Nobody waits for the answers: they are fetched when all is over. */
function start(from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const headers = { [REQUEST_ID]: `order-${n}` };
    requestWhenServed(client, 'order', encode({ n }), { headers, timeout: 250_000 }).catch(() => {});
  }
}

async function resultOf(n: number): Promise<unknown> {
  const headers = { [REQUEST_ID]: `order-${n}`, [POSSIBLE_REPEAT]: 'true' };
  return decode(
    (await requestWhenServed(client, 'order', encode({ n }), { headers, timeout: 200_000 })).data,
  );
}

async function migrate(...args: string[]): Promise<{ code: number; results: MoveResult[] }> {
  const terminal = recordingTerminal(folder);
  const code = await main(['instances', 'migrate', '--to', 'latest', '--json', ...args], terminal);
  return { code, results: JSON.parse(terminal.printed()) as MoveResult[] };
}

test('each finishes on its own version over a kill; what fits is moved, the rest is refused; old code goes', async () => {
  const gate = await openGate();
  const first = await deploy(1);
  const server = await serve();
  start(0, 500);
  await until(() => gate.waiting.size === 500);
  const second = await deploy(2, server);
  start(500, 800);
  await until(() => gate.waiting.size === 800);
  const third = await deploy(3, server);
  start(800, 1000);
  await until(() => gate.waiting.size === 1000);

  server.kill('SIGKILL');
  await server.ended;
  (gate.waiting as Map<number, string>).clear();
  const again = await serve();
  expect(again.stderr).toContain('"recovered":1000');
  await until(() => gate.waiting.size === 1000);

  // Half of each version ends where it is.
  gate.open((n) => n % 2 === 0);
  for (let n = 0; n < 1000; n += 2) {
    const version = n < 500 ? 1 : n < 800 ? 2 : 3;
    expect(await resultOf(n)).toEqual({ version, total: n * 10 * version });
  }

  const dry = await migrate('--dry-run');
  const tally = (results: readonly MoveResult[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { status, from } of results) {
      const key = `${status} ${[first, second, third].indexOf(from) + 1}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  expect(dry.code).toBe(4);
  expect(tally(dry.results)).toEqual({ 'refused 1': 250, 'movable 2': 150 });
  expect(tally((await migrate('--dry-run')).results)).toEqual(tally(dry.results));
  const moved = await migrate('--script', 'order');
  expect(moved.code).toBe(4);
  expect(tally(moved.results)).toEqual({ 'refused 1': 250, 'moved 2': 150 });
  expect(moved.results.find(({ status }) => status === 'refused')!.refusals).toEqual([
    {
      what: 'order()',
      place: 'order.ts:5',
      reason: 'the new code needs "discount", which is not saved there',
    },
  ]);

  const admin = (await AdminClient.connect(join(folder, '.waymark')))!;
  await until(async () => (await admin.loadCode(second)) === undefined);
  expect(await admin.loadCode(first)).toBeDefined();
  gate.open(() => true);
  for (let n = 1; n < 1000; n += 2) {
    if (n < 500) expect(await resultOf(n)).toEqual({ version: 1, total: n * 10 });
    // The price was computed by the version that began it, the discount by the one that went on.
    else if (n < 800) expect(await resultOf(n)).toEqual({ version: 3, total: n * 20 - 2 });
    else expect(await resultOf(n)).toEqual({ version: 3, total: n * 30 - 2 });
  }
  await until(async () => (await admin.loadCode(first)) === undefined);
  expect(await admin.loadCode(third)).toBeDefined();
});
