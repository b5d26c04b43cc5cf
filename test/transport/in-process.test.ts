import { expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import { transportConformance, until } from './conformance.ts';

let hubs = 0;

transportConformance('local, within one process', async () => {
  const name = `hub-${++hubs}`;
  const maxMessageBytes = 300_000;
  return {
    maxMessageBytes,
    open: (onError) => openLocalTransport({ name, maxMessageBytes, onError }),
    finish: async () => {},
  };
});

test('an id is unique within a hub, and free again after close', async () => {
  const first = await openLocalTransport({ name: 'unique', id: 'a' });
  await expect(openLocalTransport({ name: 'unique', id: 'a' })).rejects.toMatchObject({ code: 'WM6009' });
  await first.close();
  await (await openLocalTransport({ name: 'unique', id: 'a' })).close();
  await expect(openLocalTransport({ name: 'unique', id: 'a.b' })).rejects.toMatchObject({ code: 'WM6005' });
});

test('hubs of different names do not see each other', async () => {
  const a = await openLocalTransport({ name: 'one' });
  const b = await openLocalTransport({ name: 'two' });
  await a.subscribe('s', {}, () => {});
  await expect(awaitReply(b, 's', new Uint8Array(1), { timeout: 1000 })).rejects.toMatchObject({
    code: 'WM6001',
  });
  await Promise.all([a.close(), b.close()]);
});

test('a flood within one turn of the event loop is bounded, reported once, and over when the queue is empty', async () => {
  const errors: unknown[] = [];
  const a = await openLocalTransport({
    name: 'flood',
    maxMessageBytes: 1000,
    maxBufferedBytes: 10_000,
    onError: (error) => errors.push(error),
  });
  let received = 0;
  await a.subscribe('s', {}, () => received++);
  for (let index = 0; index < 100; index++) void a.publish('s', new Uint8Array(1000));
  await expect(awaitReply(a, 's', new Uint8Array(1000), { timeout: 1000 })).rejects.toMatchObject({
    code: 'WM6007',
  });
  await until(() => received > 0);
  expect(received).toBeLessThan(10);
  expect(errors).toMatchObject([{ code: 'WM6007' }]);
  const before = received;
  await a.publish('s', new Uint8Array(1000));
  await until(() => received === before + 1);
  await a.close();
});
