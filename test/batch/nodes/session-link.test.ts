/** The link between the node of a job and a worker elsewhere: what is lost, repeated, late or silent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PIECE_BYTES } from '../../../src/batch/nodes/session-link.ts';
import { LEASE_MS, LossySession, messagesOf } from './lossy-network.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('messages of both sides arrive in their order, also those that need many pieces', () => {
  const session = new LossySession(() => [1]);
  const large = {
    bytes: new Uint8Array(3 * PIECE_BYTES).map((_, index) => index % 251),
    map: new Map([[1, 'a']]),
  };
  for (const index of upTo(5)) session.job.link.post(index);
  session.job.link.post(large);
  session.pass(50);
  for (const index of upTo(5)) session.worker.link.post(`answer ${index}`);
  session.pass(50);
  expect(messagesOf(session.worker)).toEqual([...upTo(5), large]);
  expect(messagesOf(session.job)).toEqual(upTo(5).map((index) => `answer ${index}`));
});

test('thousands of pieces are on their way a window at a time, and all arrive', () => {
  const session = new LossySession(() => [1]);
  for (const index of upTo(2000)) session.job.link.post(index);
  expect(session.frames).toBeLessThan(100);
  session.pass(LEASE_MS);
  expect(messagesOf(session.worker)).toEqual(upTo(2000));
});

test('a session that is used, or only stands there, goes on for as long as both sides are there', () => {
  const session = new LossySession(() => [3]);
  session.pass(100 * LEASE_MS);
  session.job.link.post('late');
  session.pass(100);
  expect(messagesOf(session.worker)).toEqual(['late']);
  expect([session.job.closed, session.worker.closed]).toEqual([undefined, undefined]);
});

test('what cannot be sent is refused, and the session goes on', () => {
  const session = new LossySession(() => [1]);
  expect(() => session.job.link.post({ call: () => 1 })).toThrow(/could not be cloned/);
  session.job.link.post('next');
  session.pass(20);
  expect(messagesOf(session.worker)).toEqual(['next']);
});

describe('the end', () => {
  test('one side closes: the other one hears why, once; nothing is sent any more', () => {
    const session = new LossySession(() => [1]);
    session.pass(10);
    session.job.link.close('over');
    session.job.link.close('over');
    session.pass(10);
    const { frames } = session;
    session.pass(10 * LEASE_MS);
    expect(session.frames).toBe(frames);
    expect(session.worker.closed).toEqual({ why: 'over', at: 11 });
  });

  test('the node of the job is gone: the worker ends when its lease has', () => {
    let alive = true;
    const session = new LossySession((_, from) => (from === 'job' && !alive ? [] : [1]));
    session.pass(5 * LEASE_MS);
    alive = false;
    session.pass(LEASE_MS);
    expect(session.worker.closed?.why).toBe('silent');
    expect(session.worker.closed?.at).toBeLessThanOrEqual(6 * LEASE_MS);
  });

  test('the worker is gone: the node of the job gives it up, later than it would have itself', () => {
    let alive = true;
    const session = new LossySession((_, from) => (from === 'worker' && !alive ? [] : [1]));
    session.pass(5 * LEASE_MS);
    alive = false;
    session.pass(2 * LEASE_MS);
    expect(session.job.closed?.why).toBe('silent');
    expect(session.worker.closed!.at).toBeLessThan(session.job.closed!.at);
  });

  test('a worker that has never been heard by the node of the job is given nothing', () => {
    const session = new LossySession((_, from) => (from === 'worker' ? [] : [1]));
    session.job.link.post('run');
    session.pass(10 * LEASE_MS);
    expect(session.worker.delivered).toEqual([]);
    expect([session.job.closed?.why, session.worker.closed?.why]).toEqual(['silent', 'silent']);
  });

  test('a process that stood still takes nothing that has waited for it meanwhile', () => {
    const session = new LossySession(() => [1]);
    session.pass(100);
    // Its timers and its messages come when it goes on, the messages first.
    const { job, worker, environment } = session;
    const late = { kind: 'data', number: 0, piece: Buffer.from('x'), last: true, next: 0 } as const;
    environment.stands(2 * LEASE_MS);
    worker.link.receive(late);
    job.link.receive({ kind: 'ack', next: 0 });
    expect([worker.delivered, worker.closed?.why, job.closed?.why]).toEqual([[], 'silent', 'silent']);
  });
});

const fates = fc.array(
  fc.record({
    lost: fc.integer({ min: 0, max: 9 }),
    delay: fc.integer({ min: 0, max: 300 }),
    again: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  }),
  { minLength: 50, maxLength: 200 },
);

test('any network: each side has the first messages of the other one, in their order, once; whoever is given up has ended', () => {
  fc.assert(
    fc.property(
      fates,
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 1, max: 60 }),
      (all, loss, count) => {
        let at = 0;
        const session = new LossySession(() => {
          const { lost, delay, again } = all[at++ % all.length]!;
          return lost < loss ? [] : [delay, ...(again === undefined ? [] : [again])];
        });
        for (const index of upTo(count)) {
          session.job.link.post(index);
          session.worker.link.post(-index);
          session.pass(7);
        }
        session.pass(20 * LEASE_MS);
        const { job, worker } = session;
        const toWorker = messagesOf(worker);
        const toJob = messagesOf(job);
        expect(toWorker).toEqual(upTo(count).slice(0, toWorker.length));
        expect(toJob).toEqual(
          upTo(count)
            .slice(0, toJob.length)
            .map((index) => -index),
        );
        if (job.closed === undefined) {
          expect([toWorker.length, toJob.length]).toEqual([count, count]);
        } else if (toWorker.length > 0) {
          expect(worker.closed!.at).toBeLessThanOrEqual(job.closed.at);
          expect(worker.delivered.at(-1)!.at).toBeLessThan(job.closed.at);
        }
      },
    ),
    { numRuns: 100 },
  );
});
