/**
 * Measures the local transport: one-way messages/s, request/reply round trips/s and their latency, within one process and between two.
 * Messages have a 200-byte body and two headers, as a payment's call has. Does not measure: what a node does with a message,
 * more than two processes, a busy machine.
 *
 *     npx node bench/transport.ts
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'hdr-histogram-js';
import { awaitReply } from '../src/transport/await-reply.ts';
import { openLocalTransport } from '../src/transport/local/open-local-transport.ts';
import type { Transport } from '../src/transport/transport.ts';

const SECONDS = Number(process.env['SECONDS_EACH'] ?? 3);
const body = new Uint8Array(200).fill(120);
const headers = { 'waymark-message-id': '01J9ZZ3M8N6W4X2T0V5R7K1QYB:17', 'waymark-possible-repeat': 'true' };

if (process.argv[2] === 'serve') {
  await serve(await openLocalTransport({ directory: process.argv[3]!, id: 'server' }));
  process.stdout.write('ready\n');
} else await measure();

async function serve(transport: Transport): Promise<void> {
  let count = 0;
  await transport.subscribe('count', { queue: 'q' }, () => count++);
  await transport.subscribe('echo', { queue: 'q' }, (message) => {
    void transport.publish(message.replyTo!, message.data, { headers: message.headers });
  });
  await transport.subscribe('cpu', {}, (message) => {
    const { user, system } = process.cpuUsage();
    const text = JSON.stringify({ count, cpu: (user + system) / 1e6 });
    void transport.publish(message.replyTo!, new TextEncoder().encode(text));
  });
}

async function measure(): Promise<void> {
  const near = await openLocalTransport({ name: 'bench', id: 'client' });
  await serve(await openLocalTransport({ name: 'bench', id: 'server' }));
  await run('in process', near);
  const directory = await mkdtemp(join(tmpdir(), 'wm-'));
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const far = await openLocalTransport({ directory, id: 'client' });
  await run('Unix sockets', far);
  child.kill('SIGKILL');
  await far.close();
  await rm(directory, { recursive: true });
  process.exit();
}

async function run(name: string, transport: Transport): Promise<void> {
  for (const round of [1, 2, 3]) {
    console.log(`${name}, round ${round}`);
    await oneWay(transport);
    for (const concurrency of [1, 64, 1024]) await roundTrips(transport, concurrency);
  }
}

async function serverSide(transport: Transport): Promise<{ count: number; cpu: number }> {
  const reply = await awaitReply(transport, 'cpu', new Uint8Array(0), { timeout: 60_000 });
  return JSON.parse(new TextDecoder().decode(reply.data)) as { count: number; cpu: number };
}

async function oneWay(transport: Transport): Promise<void> {
  const before = await serverSide(transport);
  const cpu = process.cpuUsage();
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < SECONDS * 1000) {
    for (let index = 0; index < 500; index++) void transport.publish('count', body, { headers });
    sent += 500;
    // Not faster than the other side reads.
    if (sent % 5000 === 0) await serverSide(transport);
  }
  const after = await serverSide(transport);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const received = after.count - before.count;
  console.log(
    `  one way         ${Math.round(received / seconds)} messages/s, CPU per message ` +
      `${perItem((user + system) / 1e6, received)} here, ${perItem(after.cpu - before.cpu, received)} there`,
  );
}

async function roundTrips(transport: Transport, concurrency: number): Promise<void> {
  const latency = build({ highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
  const before = await serverSide(transport);
  const cpu = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - start < SECONDS * 1000) {
      const sentAt = performance.now();
      await awaitReply(transport, 'echo', body, { headers, timeout: 30_000 });
      latency.recordValue(Math.round((performance.now() - sentAt) * 1000));
      done++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await serverSide(transport);
  console.log(
    `  request x${String(concurrency).padEnd(4)}   ${Math.round(done / seconds)} round trips/s, ` +
      `p50 ${latency.getValueAtPercentile(50)} us, p99 ${latency.getValueAtPercentile(99)} us, CPU ` +
      `${perItem((user + system) / 1e6, done)} here, ${perItem(after.cpu - before.cpu, done)} there`,
  );
}

function perItem(cpuSeconds: number, items: number): string {
  return `${((cpuSeconds * 1e6) / items).toFixed(2)} us`;
}
