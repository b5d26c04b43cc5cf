import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { ERROR, INTERIM, REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';
import { recordingTerminal } from './recording-terminal.ts';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
let folder: string;
let server: Transport;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  server = await openLocalTransport({ directory: join(folder, 'mesh') });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const serve = (subject: string, answer: (message: Message) => Promise<void>): Promise<unknown> =>
  server.subscribe(subject, {}, (message) => void answer(message).catch(() => undefined));

test('prints the final reply to stdout and interim replies to stderr', async () => {
  await serve('echo', async (message) => {
    await server.publish(message.replyTo!, bytes('accepted'), { headers: { [INTERIM]: 'true' } });
    const input = JSON.parse(new TextDecoder().decode(message.data)) as unknown;
    await server.publish(message.replyTo!, bytes({ input, id: message.headers[REQUEST_ID] }));
  });
  const terminal = recordingTerminal(folder, { WAYMARK_SOCKET: 'mesh' });
  const args = ['request', 'echo', '--input', '{"n":1}', '--request-id', 'r-1'];
  expect(await main(args, terminal)).toBe(0);
  expect(JSON.parse(terminal.printed())).toEqual({ input: { n: 1 }, id: 'r-1' });
  expect(terminal.said()).toBe('"accepted"');
});

test('an error reply is a failure with its message and code', async () => {
  await serve('broken', (message) =>
    server.publish(message.replyTo!, bytes({ code: 'WM7001', message: 'no stock' }), {
      headers: { [ERROR]: 'WM7001' },
    }),
  );
  const terminal = recordingTerminal(folder);
  expect(await main(['request', 'broken', '--socket', 'mesh'], terminal)).toBe(1);
  expect(terminal.said()).toContain('no stock (WM7001)');
});

test('nobody who serves the subject is unreachable: exit code 6', async () => {
  const terminal = recordingTerminal(folder);
  expect(await main(['request', 'nobody', '--socket', 'mesh', '--json'], terminal)).toBe(6);
  expect(JSON.parse(terminal.said())).toMatchObject({ error: { code: 'WM6001' } });
});
