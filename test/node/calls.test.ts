/** What instances send: calls, publications, replies; their ids, retries and errors. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ERROR } from '../../src/transport/headers.ts';
import { Bench, encode, until, type Heard } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const CALLER = `
import { call } from 'waymark';
export default async function caller({ subject = 'service', data, options }: any) {
  try { return { value: await call(subject, data, options) }; }
  catch (error: any) { return { code: error.code, message: error.message, name: error.name }; }
}`;

test('calls and publications have ids of the instance and the operation, and are no repeats the first time', async () => {
  await bench.write(
    'sender.ts',
    `import { call, publish, self } from 'waymark';
     export default async function sender() {
       const [a, b] = await Promise.all([call('service', 'a'), call('service', 'b')]);
       await publish('news', { from: self.id });
       return { id: self.id, a, b };
     }`,
  );
  const heard = await bench.service('service', ({ data }) => `${String(data)}!`);
  const news = await bench.service('news', () => undefined);
  await bench.node();
  const { value } = await bench.ask('sender');
  const { id, a, b } = value as { id: string; a: string; b: string };
  expect([a, b]).toEqual(['a!', 'b!']);
  await until(() => news.length === 1);
  const ids = [...heard, ...news].map(({ messageId }) => messageId!);
  expect(new Set(ids).size).toBe(3);
  for (const messageId of ids) expect(messageId).toMatch(new RegExp(`^${id}:\\d+$`));
  expect([...heard, ...news].some(({ isRepeat }) => isRepeat)).toBe(false);
  expect(news[0]!.data).toEqual({ from: id });
});

test('a try without an answer is followed by others with the same id, marked as repeats', async () => {
  await bench.write('caller.ts', CALLER);
  const heard: Heard[] = await bench.service('service', () => (heard.length < 3 ? undefined : 'at last'));
  const node = await bench.node();
  const { value } = await bench.ask('caller', { options: { timeout: 30, retries: 100 } });
  expect(value).toEqual({ value: 'at last' });
  // An answer that takes its time on a busy machine may be overtaken by one more try.
  const { calls, callRetries } = node.status().statistics;
  expect([calls, heard.length >= 3, callRetries >= 2]).toEqual([1, true, true]);
  expect(heard.map(({ isRepeat }) => isRepeat)).toEqual(heard.map((_, index) => index > 0));
  expect(new Set(heard.map(({ messageId }) => messageId)).size).toBe(1);
});

test('when all tries are over the script gets a CallError that says so', async () => {
  await bench.write('caller.ts', CALLER);
  const heard = await bench.service('service', () => undefined);
  await bench.node();
  const { value } = await bench.ask('caller', { options: { timeout: 20, retries: 1 } });
  expect(value).toMatchObject({ name: 'CallError' });
  expect((value as { message: string }).message).toContain('No final reply from "service" within 20 ms');
  expect(heard).toHaveLength(2);
});

test('an error answer is a CallError at once, not tried again', async () => {
  await bench.write('caller.ts', CALLER);
  await bench.write(
    'broken.ts',
    `export default async function broken() { throw new TypeError('no such account'); }`,
  );
  const node = await bench.node();
  const { value } = await bench.ask('caller', { subject: 'broken', options: { retries: 5 } });
  expect(value).toMatchObject({ name: 'CallError' });
  expect((value as { message: string }).message).toContain('TypeError: no such account');
  expect(node.status().statistics).toMatchObject({ calls: 1, callRetries: 0 });
});

test('a refusal because of load is tried again', async () => {
  await bench.write('caller.ts', CALLER);
  let asked = 0;
  const transport = await bench.transport();
  bench.onClose(() => transport.close());
  await transport.subscribe('busy', {}, (message) => {
    const [body, headers] =
      ++asked < 3 ? [{ code: 'WM7002', message: 'full' }, { [ERROR]: 'WM7002' }] : ['served', {}];
    void transport.publish(message.replyTo!, encode(body), { headers });
  });
  await bench.node();
  expect((await bench.ask('caller', { subject: 'busy', options: { retries: 4 } })).value).toEqual({
    value: 'served',
  });
  expect((await bench.ask('caller', { subject: 'busy', options: { retries: 0 } })).value).toEqual({
    value: 'served',
  });
  asked = 0;
  expect((await bench.ask('caller', { subject: 'busy', options: { retries: 1 } })).value).toMatchObject({
    name: 'CallError',
  });
});

test('a service that is not there yet is waited for; one that never comes is an error that names it', async () => {
  await bench.write('caller.ts', CALLER);
  await bench.node({ absentServiceMs: 20_000 });
  const late = bench.ask('caller', { subject: 'late', options: { timeout: '30s' } });
  await new Promise((resolve) => setTimeout(resolve, 60));
  const heard = await bench.service('late', () => 'here');
  expect((await late).value).toEqual({ value: 'here' });
  expect(heard.map(({ isRepeat }) => isRepeat)).toEqual([false]);

  const impatient = await Bench.open();
  try {
    await impatient.write('caller.ts', CALLER);
    await impatient.node({ absentServiceMs: 30 });
    const { value } = await impatient.ask('caller', { subject: 'never', options: { timeout: '30s' } });
    expect(value).toMatchObject({ name: 'CallError' });
    expect((value as { message: string }).message).toContain('Nobody subscribes to "never"');
  } finally {
    await impatient.close();
  }
});

test('a subject that is none and a message that is too large are errors at once', async () => {
  await bench.write('caller.ts', CALLER);
  await bench.write(
    'large.ts',
    `import { call } from 'waymark';
     export default async () => { try { await call('service', new Uint8Array(9 * 1024 * 1024), { retries: 3 }); } catch (error: any) { return error.message; } }`,
  );
  await bench.service('service', () => 1);
  const node = await bench.node();
  const { value } = await bench.ask('caller', { subject: 'a..b', options: { retries: 3 } });
  expect((value as { message: string }).message).toContain('"a..b" is not a subject');
  expect((await bench.ask('large')).value).toContain('the limit is');
  expect(node.status().statistics.callRetries).toBe(0);
});

test('sleeps end in order of their times; a thousand at once', async () => {
  await bench.write(
    'sleeper.ts',
    `import { sleep } from 'waymark';
     export default async function sleeper() {
       const order: number[] = [];
       const start = Date.now();
       await Promise.all([30, 10, 20].map(async (ms) => { await sleep.until(start + ms); order.push(ms); }));
       return order;
     }`,
  );
  const node = await bench.node();
  const answers = await Promise.all(Array.from({ length: 1000 }, () => bench.ask('sleeper')));
  for (const { value } of answers) expect(value).toEqual([10, 20, 30]);
  expect(node.status()).toMatchObject({ inFlight: 0, statistics: { completed: 1000 } });
});
