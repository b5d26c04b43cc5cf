/**
 * Makes a golden store: a data folder with instances in flight, as this version of Waymark writes it, and the results that they must
 * come to in every later version.
 *
 *     node test/golden-stores/make.ts <name> [folder of the Waymark to use]
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { answer, type Expected, GOLDEN_INSTANCES } from './golden-instances.ts';

const [name, home = join(import.meta.dirname, '../..')] = process.argv.slice(2);
if (name === undefined || !/^[\w.-]+$/.test(name)) throw new Error('Give the golden store a name: its date.');

const load = async (path: string): Promise<any> =>
  import(pathToFileURL(join(resolve(home), 'src', path)).href);
const { compile } = await load('compiler/index.ts');
const { startNode } = await load('node/node.ts');
const { MemoryStore } = await load('store/memory/memory-store.ts');
const { openSqliteStore } = await load('store/sqlite/open-sqlite-store.ts');
const { openLocalTransport } = await load('transport/local/open-local-transport.ts');

const folder = await mkdtemp(join(tmpdir(), 'golden-'));
const scripts = join(folder, 'scripts');
await cp(join(import.meta.dirname, 'fixtures/scripts'), scripts, { recursive: true });
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Every instance without a stop. */
async function straightResults(): Promise<Expected[]> {
  const hub = await openLocalTransport({ name: 'straight' });
  await answer(hub, 'straight');
  const transport = await openLocalTransport({ name: 'straight' });
  const node = await startNode({ store: new MemoryStore(), transport, compile, scripts, watch: false });
  const expected: Expected[] = [];
  for (const { script, requestId, input, straightInput = input, fails = false } of GOLDEN_INSTANCES) {
    const reply = await awaitReply(hub, script, bytes(straightInput), { headers: {}, timeout: 30_000 });
    if (Object.keys(reply.headers).length > 0)
      throw new Error(`${script}: ${new TextDecoder().decode(reply.data)}`);
    expected.push({ script, requestId, fails, result: JSON.parse(new TextDecoder().decode(reply.data)) });
  }
  await node.stop(0);
  await hub.close();
  return expected;
}

/** Starts every instance and stops the node when all of them hold. */
async function leaveInFlight(data: string): Promise<void> {
  const hub = await openLocalTransport({ name: 'held' });
  const holding = await answer(hub, 'first');
  const transport = await openLocalTransport({ name: 'held' });
  const store = await openSqliteStore({ directory: data });
  const node = await startNode({ store, transport, compile, scripts, watch: false, onEvent: () => {} });
  for (const { script, requestId, input } of GOLDEN_INSTANCES) {
    awaitReply(hub, script, bytes(input), {
      headers: { 'waymark-request-id': requestId },
      timeout: 60_000,
    }).catch(() => {});
  }
  const wanted = GOLDEN_INSTANCES.filter(({ fails }) => fails !== true).length;
  const failing = GOLDEN_INSTANCES.length - wanted;
  for (;;) {
    const failed = (await store.list({ status: 'failed' })).length;
    if (holding.length === wanted && failed === failing) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  await node.stop(0);
  await hub.close();
}

const target = join(import.meta.dirname, name);
await mkdir(target);
try {
  await writeFile(join(target, 'expected.json'), `${JSON.stringify(await straightResults(), null, 2)}\n`);
  await leaveInFlight(join(target, 'data'));
} catch (error) {
  await rm(target, { recursive: true });
  throw error;
} finally {
  await rm(folder, { recursive: true });
}
process.exit(0);
