/** kill -9 at any moment while versions of a script are saved, used and dropped: what is in flight keeps its code. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { POSSIBLE_REPEAT, REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
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

/** Numbers from 0 to 1 that a seed tells. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const file = (): string => join(folder, 'scripts/order.ts');
const source = (version: number): string =>
  `import { call, checkpoint } from 'waymark';
   export default async function order({ n }: { n: number }) {
     await checkpoint();
     const first = await call('gate', { n, version: ${version} }, { timeout: '1h' });
     await checkpoint();
     return { version: ${version}, first, n };
   }\n`;

const ROUNDS = 5;
const SEED = Number(process.env['WAYMARK_SEED'] ?? 20261121);

test(`${ROUNDS} kills while versions come and go: each instance ends in its own code, and unused code goes (seed ${SEED})`, async () => {
  const random = numbers(SEED);
  /** By instance: the version whose code it had after its first checkpoint. */
  const versionOf = new Map<number, number>();
  const waiting = new Map<number, string>();
  const wrong: string[] = [];
  let share = 0.5;
  const answer = (n: number): void => {
    const replyTo = waiting.get(n)!;
    waiting.delete(n);
    void client.publish(replyTo, encode('open'));
  };
  await client.subscribe('gate', { queue: 'gate' }, ({ data, replyTo }) => {
    const { n, version } = decode(data) as { n: number; version: number };
    const before = versionOf.get(n);
    if (before !== undefined && before !== version) wrong.push(`${n} went from ${before} to ${version}`);
    versionOf.set(n, version);
    waiting.set(n, replyTo!);
    if (random() < share) answer(n);
  });

  const hashes: string[] = [];
  const deploy = async (): Promise<void> => {
    await writeFile(file(), source(hashes.length));
    hashes.push((await compile(file())).hash);
  };
  let next = 0;
  const headers = (n: number, repeat: boolean) => ({
    [REQUEST_ID]: `order-${n}`,
    ...(repeat ? { [POSSIBLE_REPEAT]: 'true' } : {}),
  });
  const start = (): void => {
    const n = next++;
    awaitReply(client, 'order', encode({ n }), { headers: headers(n, false), timeout: 120_000 }).catch(
      () => {},
    );
  };

  await deploy();
  const serve = async (): Promise<WaymarkProcess> => {
    const started = new WaymarkProcess(['serve', 'scripts'], folder);
    processes.push(started);
    await started.said('"event":"serving"');
    return started;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const server = await serve();
    expect(server.stderr).not.toMatch(/quarantined|WM7008|WM7009|WM7010/);
    let isKilled = false;
    // A busy machine may have done nothing by then: a kill that meets nobody shows nothing.
    const isMet = (): boolean => versionOf.size >= 2 * (round + 1);
    const killAfter = pause(50 + random() * 700).then(async () => {
      while (!isMet()) await pause(1);
      isKilled = true;
      server.kill('SIGKILL');
    });
    while (!isKilled) {
      const what = random();
      if (what < 0.3) await deploy();
      else if (what < 0.8) for (let count = 0; count < 4; count++) start();
      else for (const n of waiting.keys()) if (random() < 0.7) answer(n);
      await pause(random() * 40);
    }
    await killAfter;
    await server.ended;
    expect(server.stderr).not.toMatch(/quarantined|WM7008|WM7009|WM7010/);
    waiting.clear();
  }

  share = 1;
  const last = await serve();
  // Whatever had a checkpoint has its version; it ends by itself, in that one.
  for (const [n, version] of versionOf) {
    const reply = await requestWhenServed(client, 'order', encode({ n }), {
      headers: headers(n, true),
      timeout: 200_000,
    });
    expect(decode(reply.data)).toEqual({ version, first: 'open', n });
  }
  expect(wrong).toEqual([]);
  expect(versionOf.size).toBeGreaterThan(ROUNDS);
  expect(last.stderr).not.toMatch(/quarantined|WM7008|WM7009|WM7010/);
  last.kill('SIGTERM');
  await last.ended;

  // One more start and stop: what a kill left behind is found then.
  const final = await serve();
  final.kill('SIGTERM');
  expect((await final.ended).code).toBe(0);
  const store = await openSqliteStore({ directory: join(folder, '.waymark'), thread: 'main' });
  const unfinished = await store.list({ status: 'running', limit: 10_000 });
  const left: string[] = [];
  for (const hash of hashes) if ((await store.loadCode(hash)) !== undefined) left.push(hash);
  await store.close();
  expect(unfinished).toEqual([]);
  expect(left.filter((hash) => hash !== hashes.at(-1))).toEqual([]);
});
