/** What every transport must do; called by one test file for each transport. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { ERROR, INTERIM } from '../../src/transport/headers.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';

/** One network of members that all see each other. */
export interface TransportHarness {
  /** A further member; errors without a caller go to `onError`. */
  open(onError?: (error: unknown) => void): Promise<Transport>;
  /** Largest body that a member takes, bytes. */
  readonly maxMessageBytes: number;
  /** After all members were closed: checks that nothing is left. */
  finish(): Promise<void>;
}

const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Resolves as soon as `condition` holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A member that answers on `subject` with its name. */
async function answerer(
  transport: Transport,
  subject: string,
  name: string,
  queue?: string,
): Promise<string[]> {
  const seen: string[] = [];
  await transport.subscribe(subject, { queue }, (message) => {
    seen.push(text(message.data));
    if (message.replyTo !== undefined)
      void transport.publish(message.replyTo, bytes(`${name}:${text(message.data)}`));
  });
  return seen;
}

export function transportConformance(name: string, makeHarness: () => Promise<TransportHarness>): void {
  describe(`${name}: transport conformance`, () => {
    let harness: TransportHarness;
    let opened: Transport[];
    const open = async (onError?: (error: unknown) => void): Promise<Transport> => {
      const transport = await harness.open(onError);
      opened.push(transport);
      return transport;
    };

    beforeEach(async () => {
      harness = await makeHarness();
      opened = [];
    });
    afterEach(async () => {
      await Promise.all(opened.map((transport) => transport.close()));
      await harness.finish();
    });

    test('a message reaches every plain subscriber, in its own process and in others, once', async () => {
      const [a, b, c] = [await open(), await open(), await open()];
      const seen = await Promise.all([a, b, c, c].map((member) => answerer(member, 'news.today', 'x')));
      await b.publish('news.today', bytes('one'));
      await b.publish('news.other', bytes('two'));
      await b.publish('news.today', bytes('three'));
      await until(() => seen.every((list) => list.length === 2));
      expect(seen).toEqual(Array.from({ length: 4 }, () => ['one', 'three']));
    });

    test('subject, headers, body and reply-to arrive unchanged', async () => {
      const [a, b] = [await open(), await open()];
      const received: Message[] = [];
      await a.subscribe('exact', {}, (message) => received.push(message));
      const headers = { 'waymark-message-id': 'ü 漢字 😀', 'x-empty': '', 'x-long': 'v'.repeat(5000) };
      const body = Uint8Array.from({ length: 256 }, (_, index) => index);
      await b.publish('exact', body, { headers, replyTo: 'answers.here' });
      await b.publish('exact', new Uint8Array(0));
      await until(() => received.length === 2);
      expect(received[0]).toMatchObject({ subject: 'exact', headers, replyTo: 'answers.here' });
      expect([...received[0]!.data]).toEqual([...body]);
      expect(received[1]).toMatchObject({ subject: 'exact', headers: {}, replyTo: undefined });
      expect(received[1]!.data.length).toBe(0);
    });

    test('bytes given to publish may be changed as soon as it has resolved', async () => {
      const [a, b] = [await open(), await open()];
      const [atA, atB] = [await answerer(a, 'reuse', 'a'), await answerer(b, 'reuse', 'b')];
      const buffer = bytes('first');
      await a.publish('reuse', buffer);
      buffer.set(bytes('other'));
      await until(() => atA.length + atB.length === 2);
      expect([atA, atB]).toEqual([['first'], ['first']]);
    });

    test('messages of one publisher to one subscriber arrive in order', async () => {
      const [a, b] = [await open(), await open()];
      const [near, far] = [await answerer(a, 'order', 'a'), await answerer(b, 'order', 'b')];
      const sent = Array.from({ length: 3000 }, (_, index) => `${index}:${'x'.repeat((index * 37) % 900)}`);
      for (const item of sent) await a.publish('order', bytes(item));
      await until(() => near.length === sent.length && far.length === sent.length);
      expect(near).toEqual(sent);
      expect(far).toEqual(sent);
    });

    test('a queue group gets each message once and shares the work among all processes; other groups and plain subscribers get it too', async () => {
      const members = [await open(), await open(), await open()];
      const workers = await Promise.all(members.map((member) => answerer(member, 'job', 'w', 'workers')));
      const auditors = await answerer(members[1]!, 'job', 'a', 'auditors');
      const plain = await answerer(members[2]!, 'job', 'p');
      for (let index = 0; index < 90; index++) await members[index % 3]!.publish('job', bytes(`${index}`));
      await until(() => auditors.length === 90 && plain.length === 90 && workers.flat().length >= 90);
      expect(workers.flat().toSorted()).toEqual(
        Array.from({ length: 90 }, (_, index) => `${index}`).toSorted(),
      );
      for (const worker of workers) expect(worker.length).toBeGreaterThan(10);
    });

    test('request and reply, from another process and from its own', async () => {
      const [a, b] = [await open(), await open()];
      await answerer(a, 'echo', 'a', 'echo');
      expect(text((await awaitReply(b, 'echo', bytes('1'), { timeout: 10_000 })).data)).toBe('a:1');
      expect(text((await awaitReply(a, 'echo', bytes('2'), { timeout: 10_000 })).data)).toBe('a:2');
    });

    test('many requests at once each get their own reply', async () => {
      const [a, b, c] = [await open(), await open(), await open()];
      await answerer(a, 'many', 'r', 'q');
      await answerer(b, 'many', 'r', 'q');
      const replies = await Promise.all(
        Array.from({ length: 2000 }, (_, index) =>
          awaitReply(c, 'many', bytes(`${index}`), { timeout: 30_000 }),
        ),
      );
      expect(replies.map((reply) => text(reply.data))).toEqual(
        Array.from({ length: 2000 }, (_, i) => `r:${i}`),
      );
    });

    test('interim replies come first and in order, then the final one; it may be sent by another process', async () => {
      const [a, b, c] = [await open(), await open(), await open()];
      await a.subscribe('slow', {}, (message) => {
        const interim = { headers: { [INTERIM]: 'true' } };
        void a.publish(message.replyTo!, bytes('accepted'), interim);
        void a.publish(message.replyTo!, bytes('half'), interim);
        void a.publish('continue', bytes(message.replyTo!));
      });
      await c.subscribe('continue', {}, (message) => {
        void c.publish(text(message.data), bytes('{}'), { headers: { [ERROR]: 'WM7001' } });
      });
      const interim: string[] = [];
      const reply = await awaitReply(b, 'slow', bytes('x'), {
        timeout: 10_000,
        onInterim: (message) => interim.push(text(message.data)),
      });
      expect(interim).toEqual(['accepted', 'half']);
      expect(reply.headers).toEqual({ [ERROR]: 'WM7001' });
    });

    test('a request that nobody subscribes to is refused', async () => {
      const [a, b] = [await open(), await open()];
      const subscription = await a.subscribe('gone', {}, () => {});
      await subscription.unsubscribe();
      for (const member of [a, b]) {
        await expect(awaitReply(member, 'nobody', bytes('x'), { timeout: 60_000 })).rejects.toMatchObject({
          code: 'WM6001',
        });
        await expect(awaitReply(member, 'gone', bytes('x'), { timeout: 60_000 })).rejects.toMatchObject({
          code: 'WM6001',
        });
      }
    });

    test('a request without an answer times out, also after an interim reply; a late reply is dropped', async () => {
      const [a, b] = [await open(), await open()];
      const replyTos: string[] = [];
      await a.subscribe('silent', {}, (message) => {
        replyTos.push(message.replyTo!);
        void a.publish(message.replyTo!, bytes('wait'), { headers: { [INTERIM]: 'true' } });
      });
      await expect(awaitReply(b, 'silent', bytes('x'), { timeout: 50 })).rejects.toMatchObject({
        code: 'WM6002',
      });
      await until(() => replyTos.length === 1);
      await a.publish(replyTos[0]!, bytes('late'));
      await answerer(a, 'alive', 'a');
      expect(text((await awaitReply(b, 'alive', bytes('x'), { timeout: 10_000 })).data)).toBe('a:x');
    });

    test('a request can be aborted, before and after it was sent', async () => {
      const [a, b] = [await open(), await open()];
      let arrived = false;
      await a.subscribe('silent', {}, () => (arrived = true));
      const controller = new AbortController();
      const request = awaitReply(b, 'silent', bytes('x'), { timeout: 60_000, signal: controller.signal });
      request.catch(() => {});
      await until(() => arrived);
      controller.abort(new Error('no longer wanted'));
      await expect(request).rejects.toMatchObject({ code: 'WM6004' });
      await expect(
        awaitReply(b, 'silent', bytes('x'), { timeout: 60_000, signal: controller.signal }),
      ).rejects.toMatchObject({ code: 'WM6004' });
    });

    test('a handler that throws, or whose promise rejects, is reported and disturbs nobody', async () => {
      const errors: unknown[] = [];
      const a = await open((error) => errors.push(error));
      const b = await open();
      await a.subscribe('bad', {}, () => {
        throw new Error('sync');
      });
      await a.subscribe('bad', {}, (async () => {
        throw new Error('async');
      }) as () => void);
      const good = await answerer(a, 'bad', 'good');
      await b.publish('bad', bytes('1'));
      await a.publish('bad', bytes('2'));
      await until(() => good.length === 2 && errors.length === 4);
      for (const error of errors) expect(error).toMatchObject({ code: 'WM6012' });
    });

    test('a requester hears of its request once, and never before `request` has returned', async () => {
      const [a, b] = [await open(), await open()];
      await a.subscribe('twice', {}, ({ replyTo, data }) => {
        for (const answer of ['final', 'late']) void a.publish(replyTo!, bytes(answer + text(data)));
      });
      for (const member of [a, b]) {
        const heard: string[] = [];
        const request = (subject: string, data: string): void => {
          const requester = {
            replied: (reply: Message) => heard.push(text(reply.data)),
            failed: (error: unknown) => heard.push((error as { code: string }).code),
          };
          member.request(subject, bytes(data), { timeout: 60_000 }, requester);
          heard.push('returned');
        };
        request('nobody', '');
        await until(() => heard.length === 2);
        // Replies of one member come in order: the late one of a request is here before the next request is over.
        for (const [index, data] of ['1', '2', '3'].entries()) {
          request('twice', data);
          await until(() => heard.length === 4 + 2 * index);
        }
        expect(heard).toEqual([
          'returned',
          'WM6001',
          ...['1', '2', '3'].flatMap((n) => ['returned', `final${n}`]),
        ]);
      }
    });

    test('a requester that throws is reported and disturbs nobody', async () => {
      const errors: unknown[] = [];
      const a = await open((error) => errors.push(error));
      await a.subscribe('both', {}, ({ replyTo }) => {
        void a.publish(replyTo!, bytes('wait'), { headers: { [INTERIM]: 'true' } });
        void a.publish(replyTo!, bytes('done'));
      });
      const thrower = (what: string) => (): never => {
        throw new Error(what);
      };
      const requester = {
        replied: thrower('reply'),
        failed: thrower('failure'),
        interim: thrower('interim'),
      };
      a.request('both', bytes('x'), { timeout: 60_000 }, requester);
      a.request('nobody', bytes('x'), { timeout: 60_000 }, requester);
      await until(() => errors.length === 3);
      for (const error of errors) expect(error).toMatchObject({ code: 'WM6012' });
      const causes = errors.map((error) => ((error as Error).cause as Error).message);
      expect(causes.toSorted()).toEqual(['failure', 'interim', 'reply']);
      expect(text((await awaitReply(a, 'both', bytes('x'), { timeout: 60_000 })).data)).toBe('done');
    });

    test('what cannot be sent at all is thrown, and the requester hears nothing', async () => {
      const a = await open();
      const heard: unknown[] = [];
      const requester = { replied: heard.push.bind(heard), failed: heard.push.bind(heard) };
      const send = (subject: string, data: Uint8Array, signal?: AbortSignal) => (): void =>
        a.request(subject, data, { timeout: 1, signal }, requester);
      const thrownBy = (action: () => void): unknown => {
        try {
          action();
        } catch (error) {
          return (error as { code: string }).code;
        }
        return 'nothing';
      };
      expect(thrownBy(send('a..b', bytes('x')))).toBe('WM6005');
      expect(thrownBy(send('big', new Uint8Array(harness.maxMessageBytes + 1)))).toBe('WM6006');
      expect(thrownBy(send('aborted', bytes('x'), AbortSignal.abort()))).toBe('WM6004');
      // Longer than what was thrown could have waited.
      await expect(awaitReply(a, 'nobody', bytes('x'), { timeout: 60_000 })).rejects.toMatchObject({
        code: 'WM6001',
      });
      await a.close();
      expect(thrownBy(send('closed', bytes('x')))).toBe('WM6003');
      expect(heard).toEqual([]);
    });

    test('after unsubscribe nothing more is delivered, and the rest of the group takes over without a loss', async () => {
      const [a, b, c] = [await open(), await open(), await open()];
      const seenByA: string[] = [];
      const subscription = await a.subscribe('work', { queue: 'q' }, (message) =>
        seenByA.push(text(message.data)),
      );
      const seenByB = await answerer(b, 'work', 'b', 'q');
      for (let index = 0; index < 200; index++) {
        await c.publish('work', bytes(`${index}`));
        if (index === 100) await subscription.unsubscribe();
      }
      const atUnsubscribe = [...seenByA];
      await until(() => seenByA.length + seenByB.length >= 200);
      expect(seenByA).toEqual(atUnsubscribe);
      expect([...seenByA, ...seenByB].toSorted()).toEqual(
        Array.from({ length: 200 }, (_, i) => `${i}`).toSorted(),
      );
      await subscription.unsubscribe();
    });

    test('close ends subscriptions, rejects requests under way, refuses later calls, and may be called twice', async () => {
      const [a, b] = [await open(), await open()];
      let arrived = 0;
      await a.subscribe('hold', {}, () => arrived++);
      await b.subscribe('own', {}, () => {});
      const far = awaitReply(b, 'hold', bytes('x'), { timeout: 60_000 });
      const near = awaitReply(b, 'own', bytes('x'), { timeout: 60_000 });
      const outcomes = Promise.allSettled([far, near]);
      await until(() => arrived === 1);
      await Promise.all([b.close(), b.close()]);
      for (const outcome of await outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'WM6003' } });
      }
      await expect(b.publish('hold', bytes('x'))).rejects.toMatchObject({ code: 'WM6003' });
      await expect(awaitReply(b, 'hold', bytes('x'), { timeout: 5 })).rejects.toMatchObject({
        code: 'WM6003',
      });
      await expect(b.subscribe('hold', {}, () => {})).rejects.toMatchObject({ code: 'WM6003' });
      await expect(awaitReply(a, 'own', bytes('x'), { timeout: 60_000 })).rejects.toMatchObject({
        code: 'WM6001',
      });
    });

    test('whoever has closed is asked nothing more, from that moment on', async () => {
      const a = await open();
      for (let round = 0; round < 20; round++) {
        const b = await open();
        await b.subscribe('own', {}, () => {});
        await b.close();
        await expect(awaitReply(a, 'own', bytes('x'), { timeout: 5000 })).rejects.toMatchObject({
          code: 'WM6001',
        });
      }
    });

    test('what was published before close is not lost by closing', async () => {
      const [a, b] = [await open(), await open()];
      const seen = await answerer(a, 'last', 'a');
      for (let index = 0; index < 500; index++) void b.publish('last', bytes(`${index}`));
      await b.close();
      await until(() => seen.length === 500);
      expect(seen.at(-1)).toBe('499');
    });

    test('a body up to the limit passes, a larger one is refused', async () => {
      const [a, b] = [await open(), await open()];
      const sizes: number[] = [];
      await a.subscribe('big', {}, (message) => sizes.push(message.data.length));
      await b.publish('big', new Uint8Array(harness.maxMessageBytes).fill(7));
      const larger = new Uint8Array(harness.maxMessageBytes + 1);
      await expect(b.publish('big', larger)).rejects.toMatchObject({ code: 'WM6006' });
      await expect(awaitReply(b, 'big', larger, { timeout: 10 })).rejects.toMatchObject({ code: 'WM6006' });
      await b.publish('big', bytes('after'));
      await until(() => sizes.length === 2);
      expect(sizes).toEqual([harness.maxMessageBytes, 5]);
    });

    test.each(['', '.', 'a..b', '.a', 'a.', 'a b', 'a.*', 'a.>', 'ü', 'a\n', 'x'.repeat(300), '_INBOX.a.1'])(
      'subject %j cannot be subscribed to',
      async (subject) => {
        const a = await open();
        await expect(a.subscribe(subject, {}, () => {})).rejects.toMatchObject({ code: 'WM6005' });
        if (!subject.startsWith('_INBOX')) {
          await expect(a.publish(subject, bytes('x'))).rejects.toMatchObject({ code: 'WM6005' });
          await expect(awaitReply(a, subject, bytes('x'), { timeout: 10 })).rejects.toMatchObject({
            code: 'WM6005',
          });
        }
      },
    );

    test.each([
      { Upper: 'x' },
      { '': 'x' },
      { __proto: 'x' },
      { 'a b': 'x' },
      { a: 'x'.repeat(100_000) },
      { a: 1 as never },
    ])('bad headers are refused: case %#', async (headers) => {
      const a = await open();
      await expect(
        a.publish('s', bytes('x'), { headers: headers as Record<string, string> }),
      ).rejects.toMatchObject({
        code: 'WM6013',
      });
    });

    test('any mix of sizes and headers passes unchanged (property)', async () => {
      const [a, b] = [await open(), await open()];
      const received: Message[] = [];
      await a.subscribe('mix', {}, (message) => received.push(message));
      const message = fc.record({
        data: fc.oneof(
          fc.uint8Array({ maxLength: 50 }),
          fc.uint8Array({ minLength: 1000, maxLength: 70_000 }),
        ),
        headers: fc.dictionary(
          fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/),
          fc.string({ unit: 'binary', maxLength: 200 }),
          {
            maxKeys: 6,
          },
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
          received.length = 0;
          for (const { data, headers } of messages) await b.publish('mix', data, { headers });
          await until(() => received.length === messages.length);
          expect(received.map(({ data, headers }) => ({ data: [...data], headers }))).toEqual(
            messages.map(({ data, headers }) => ({
              data: [...data],
              headers: Object.fromEntries(
                Object.entries(headers).map(([key, value]) => [key, value.toWellFormed()]),
              ),
            })),
          );
        }),
        { numRuns: 40 },
      );
    });
  });
}
