/** The mesh with real processes that are killed, stopped and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { until } from './conformance.ts';

const script = fileURLToPath(new URL('mesh-process.ts', import.meta.url));
let directory: string;
let children: ChildProcess[];
let transports: Transport[];
let errors: unknown[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wm-'));
  children = [];
  transports = [];
  errors = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => kill(child)));
  await Promise.all(transports.map((transport) => transport.close()));
  await rm(directory, { recursive: true, force: true });
});

async function start(id: string, subject: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, directory, id, subject], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function open(options: Partial<Parameters<typeof openLocalTransport>[0]> = {}): Promise<Transport> {
  const transport = await openLocalTransport({
    directory,
    // A process of a busy machine may be slow to greet.
    greetingMs: 30_000,
    onError: (error) => errors.push(error),
    ...options,
  });
  transports.push(transport);
  return transport;
}

const ask = async (transport: Transport, subject: string, body = ''): Promise<string> => {
  const reply = await awaitReply(transport, subject, new TextEncoder().encode(body), { timeout: 20_000 });
  return new TextDecoder().decode(reply.data);
};

const sockets = async (): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.endsWith('.sock'));

test('kill -9 of any process leaves the others working; its socket is removed; restarted it joins again', async () => {
  const [a, b] = [await start('a', 'work'), await start('b', 'work')];
  const client = await open();
  const answers = new Set<string>();
  while (answers.size < 2) answers.add(await ask(client, 'work'));
  expect(answers).toEqual(new Set([`a:${a.pid}`, `b:${b.pid}`]));

  await kill(a);
  // A request sent in the moment of the kill may be lost; once the loss is seen all go to b.
  while ((await sockets()).length > 2) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let index = 0; index < 20; index++) expect(await ask(client, 'work')).toBe(`b:${b.pid}`);

  const again = await start('a', 'work');
  const answersNow = new Set<string>();
  while (answersNow.size < 2) answersNow.add(await ask(client, 'work'));
  expect(answersNow).toEqual(new Set([`a:${again.pid}`, `b:${b.pid}`]));

  await kill(again);
  await kill(b);
  while ((await sockets()).length > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(ask(client, 'work')).rejects.toMatchObject({ code: 'WM6001' });
  expect(errors).toEqual([]);
});

test('a process that starts among dead sockets only removes them and works', async () => {
  const [a, b] = [await start('a', 'work'), await start('b', 'work')];
  await Promise.all([kill(a), kill(b)]);
  expect(await sockets()).toHaveLength(2);
  const again = await start('a', 'work');
  const client = await open();
  expect(await ask(client, 'work')).toBe(`a:${again.pid}`);
  expect(await sockets()).toHaveLength(2);
});

test('a stopped process costs bounded memory: its queue share is refused at the limit, reported once, and others go on', async () => {
  const [a, b] = [await start('a', 'work'), await start('b', 'work')];
  const client = await open({ maxMessageBytes: 100_000, maxBufferedBytes: 1_000_000 });
  a.kill('SIGSTOP');
  const body = new Uint8Array(100_000);
  const before = process.memoryUsage.rss();
  let largest = 0;
  // 150 MB for each of the two.
  for (let index = 0; index < 3000; index++) {
    await client.publish('work', body);
    if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    largest = Math.max(largest, process.memoryUsage.rss() - before);
  }
  expect(largest).toBeLessThan(100_000_000);
  const aboutA = errors.filter((error) => /waiting for "a"/.test(String(error)));
  expect(aboutA).toMatchObject([{ code: 'WM6007' }]);
  // b may still be reading what it was sent.
  let answer: string | undefined;
  while (answer === undefined) {
    await new Promise((resolve) => setImmediate(resolve));
    answer = await ask(client, 'work').catch(() => undefined);
  }
  expect(answer).toBe(`b:${b.pid}`);
  a.kill('SIGCONT');
  const answers = new Set<string>();
  while (answers.size < 2) {
    await new Promise((resolve) => setImmediate(resolve));
    answers.add(await ask(client, 'work').catch(() => `b:${b.pid}`));
  }
});

test('processes that start at the same moment find each other; a request just then waits for its responder', async () => {
  const started = start('late', 'late-work');
  const client = await open({ joinGraceMs: 30_000, id: 'early' }).catch(() => undefined);
  expect(client).toBeDefined();
  expect(await ask(client!, 'late-work')).toMatch(/^late:/);
  await started;
});

test('a reply reaches a requester through a restarted process, and never a later life of the requester', async () => {
  const seen: string[] = [];
  const server = await open({ id: 'server' });
  await server.subscribe('held', {}, (message) => void seen.push(message.replyTo!));
  const client = await open({ id: 'client' });
  const reply = awaitReply(client, 'held', new Uint8Array(0), { timeout: 20_000 });
  await until(() => seen.length === 1);
  await server.close();
  const restarted = await open({ id: 'server' });
  await restarted.publish(seen[0]!, new TextEncoder().encode('at last'));
  expect(new TextDecoder().decode((await reply).data)).toBe('at last');

  await restarted.subscribe('held', {}, (message) => void seen.push(message.replyTo!));
  const lost = awaitReply(client, 'held', new Uint8Array(0), { timeout: 20_000 });
  lost.catch(() => {});
  await until(() => seen.length === 2);
  await client.close();
  const clientAgain = await open({ id: 'client' });
  const other = awaitReply(clientAgain, 'held', new Uint8Array(0), { timeout: 20_000 });
  await until(() => seen.length === 3);
  expect(seen[2]).not.toBe(seen[1]);
  await restarted.publish(seen[1]!, new TextEncoder().encode('for the earlier life'));
  await restarted.publish(seen[2]!, new TextEncoder().encode('for this one'));
  expect(new TextDecoder().decode((await other).data)).toBe('for this one');
});

test('an id in use by a living process is refused; the living one is not disturbed', async () => {
  const a = await start('a', 'work');
  await expect(openLocalTransport({ directory, id: 'a' })).rejects.toMatchObject({ code: 'WM6009' });
  const client = await open();
  expect(await ask(client, 'work')).toBe(`a:${a.pid}`);
  expect(await sockets()).toHaveLength(2);
});

test('too long a path and an unusable directory are clear errors', async () => {
  await expect(openLocalTransport({ directory: join(directory, 'x'.repeat(120)) })).rejects.toMatchObject({
    code: 'WM6010',
  });
  await mkdir(join(directory, 'deep/er'), { recursive: true });
  await (await openLocalTransport({ directory: join(directory, 'deep/er/est') })).close();
});

test.each([
  ['no greeting', Buffer.from([1, 0, 0, 0, 4])],
  ['a huge length', Buffer.from([255, 255, 255, 255])],
  ['a zero length', Buffer.alloc(4)],
  ['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['another version', frame(1, [9, 0, 0, 0, 1, 0, 97, 1, 0, 98])],
  ['a bad peer id', frame(1, [1, 0, 0, 0, 1, 0, 46, 1, 0, 98])],
  ['an unknown kind', greeting(frame(99, []))],
  ['a truncated subscription', greeting(frame(2, [1, 0, 0, 0, 9, 0, 97]))],
  ['a subscription to a wildcard', greeting(frame(2, [1, 0, 0, 0, 1, 0, 42, 0, 0, 0]))],
  ['a message whose parts are too long', greeting(frame(7, [1, 0, 0, 0, 0, 0, 255, 255, 0, 0]))],
  ['headers that end early', greeting(frame(7, [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 200, 97]))],
  [
    'a header named __proto__',
    greeting(frame(7, [1, 0, 0, 0, 0, 0, 0, 0, 12, 0, 9, ...Buffer.from('__proto__'), 0, 0])),
  ],
])('a connection that sends %s is closed; the others go on', async (_what, bytes) => {
  await start('a', 'work');
  const client = await open({ id: 'victim' });
  const victim = (await sockets()).find((name) => name.startsWith('victim.'))!;
  const socket = connect(join(directory, victim));
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.write(bytes);
  socket.resume();
  await closed;
  expect(errors).toMatchObject([{ code: 'WM6008' }]);
  expect(await ask(client, 'work')).toMatch(/^a:/);
});

function frame(kind: number, fields: readonly number[]): Buffer {
  const bytes = Buffer.from([0, 0, 0, 0, kind, ...fields]);
  bytes.writeUInt32LE(bytes.length - 4);
  return bytes;
}

function greeting(next: Buffer): Buffer {
  return Buffer.concat([frame(1, [1, 0, 0, 0, 1, 0, 113, 1, 0, 98]), next]);
}
