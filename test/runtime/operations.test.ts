/** Durable operations: what an instance asks of its host, and what becomes of it. */
import { describe, expect, test } from 'vitest';
import { OneInstance, turn } from './one-instance.ts';

describe('calls, messages, replies and sleeps', () => {
  const script = `
    import { call, publish, reply, sleep, checkpoint } from 'waymark';
    export default async function main() {
      log(await call('bank', { amount: 5 }, { timeout: '2s', retries: 1 }));
      await publish('audit', 'text');
      await reply({ interim: true });
      await checkpoint();
      await sleep('5m');
      await sleep.until(new Date(777_000));
      try { await call('gone'); } catch (error) { log(error.message); }
      return 'end';
    }`;

  async function upTo(run: OneInstance, count: number): Promise<void> {
    for (let done = run.armed.length - 1; done < count; done++) {
      await turn();
      const last = run.armed.at(-1)!;
      run.settle(last.number, last.request.kind === 'call' ? { ok: 1 } : undefined);
    }
    await turn();
  }

  test('have numbers in order, and their data', async () => {
    const run = await OneInstance.start(script);
    await upTo(run, 5);
    const text = (data: Uint8Array): string => new TextDecoder().decode(data);
    expect(
      run.armed.map(({ number, request, repeat }) => [
        number,
        repeat,
        { ...request, ...('data' in request ? { data: text(request.data) } : {}) },
      ]),
    ).toEqual([
      [1, false, { kind: 'call', subject: 'bank', data: '{"amount":5}', timeout: 2000, retries: 1 }],
      [2, false, { kind: 'publish', subject: 'audit', data: '"text"' }],
      [3, false, { kind: 'reply', data: '{"interim":true}' }],
      [1005, false, { kind: 'sleep', until: 301_000 }],
      [1006, false, { kind: 'sleep', until: 777_000 }],
      [1007, false, expect.objectContaining({ kind: 'call', subject: 'gone' })],
    ]);
    run.instance.settle(1007, { ok: false, error: new Error('nobody there') });
    expect(await run.result()).toBe('end');
    expect(run.log).toEqual([{ ok: 1 }, 'nobody there']);
  });

  test('are begun again under their number after a restore, and say so', async () => {
    const run = await OneInstance.start(script);
    await upTo(run, 3);
    const during = run.restore(run.instance.capture());
    expect(during.armed.map(({ number, request, repeat }) => [number, request.kind, repeat])).toEqual([
      [1005, 'sleep', true],
    ]);
    await upTo(during, 2);
    expect(during.armed.map(({ number, repeat }) => [number, repeat])).toEqual([
      [1005, true],
      [1006, false],
      [1007, false],
    ]);
  });

  test('are over once', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      export default async function main() { await sleep(1); log('awake'); await sleep(1); return 'end'; }`);
    run.settle(1);
    run.settle(1);
    run.settle(99);
    await turn();
    expect(run.log).toEqual(['awake']);
    expect(run.armed.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('mean nothing to an instance that was stopped', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      export default async function main() { await sleep(1); log('awake'); }`);
    run.instance.stop();
    run.settle(1);
    await turn();
    expect(run.log).toEqual([]);
  });
});

describe('timers', () => {
  test('setTimeout gives its arguments; clearTimeout takes it back', async () => {
    const run = await OneInstance.start(`
      export default async function main() {
        const { promise, resolve } = Promise.withResolvers();
        setTimeout((...values) => { log(...values); resolve(); }, 50, 'a', 1);
        const never = setTimeout(() => log('never'), 20);
        clearTimeout(never);
        clearTimeout(undefined);
        await promise;
      }`);
    expect(run.armed.map(({ request }) => request)).toEqual([
      { kind: 'sleep', until: 1050 },
      { kind: 'sleep', until: 1020 },
    ]);
    expect(run.disarmed).toEqual([2]);
    run.settle(2);
    run.settle(1);
    await run.result();
    expect(run.log).toEqual(['a', 1]);
  });

  test('an interval goes on until it is cleared', async () => {
    const run = await OneInstance.start(`
      export default async function main() {
        const { promise, resolve } = Promise.withResolvers();
        let count = 0;
        const timer = setInterval(() => { log(++count); if (count === 3) { clearInterval(timer); resolve(); } }, 10);
        await promise;
      }`);
    for (let time = 1010; time <= 1040; time += 10) {
      run.time = time;
      const due = run.armed.at(-1)!;
      if (!run.disarmed.includes(due.number)) run.settle(due.number);
    }
    await run.result();
    expect(run.log).toEqual([1, 2, 3]);
  });

  test('a timer survives a restore, and can be cleared by the handle that was saved', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      export default async function main() {
        const kept = setTimeout((text) => log(text), 100, 'kept');
        const cleared = setTimeout(() => log('cleared'), 200);
        await sleep(10);
        clearTimeout(cleared);
        log(kept.hasRef(), typeof kept.unref(), kept.hasRef());
        await sleep(1000);
        return 'end';
      }`);
    const again = run.restore(run.instance.capture());
    const byTime = (until: number): number =>
      again.armed.find(({ request }) => request.kind === 'sleep' && request.until === until)!.number;
    again.settle(byTime(1010));
    again.settle(byTime(1200));
    again.settle(byTime(1100));
    await turn();
    again.settle(again.armed.at(-1)!.number);
    expect(await again.result()).toBe('end');
    expect(again.log).toEqual([true, 'object', false, 'kept']);
  });

  test('queueMicrotask is a job like any other', async () => {
    const run = await OneInstance.start(`
      export default async function main() {
        Promise.resolve().then(() => log(1));
        queueMicrotask(() => log(2));
        Promise.resolve().then(() => log(3));
        await null;
        log(4);
      }`);
    await run.result();
    expect(run.log).toEqual([1, 2, 3, 4]);
  });

  test.each(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'])(
    '%s wants a function',
    async (name) => {
      const run = await OneInstance.start(`
        export default async function main() { try { ${name}('text'); } catch (error) { return [error instanceof TypeError, error.code]; } }`);
      expect(await run.result()).toEqual([true, 'ERR_INVALID_ARG_TYPE']);
    },
  );

  test.each(['setTimeout', 'queueMicrotask'])(
    'a callback of %s that throws fails the instance',
    async (name) => {
      const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      export default async function main() { ${name}(() => { throw new Error('thrown'); }); await sleep(1000); }`);
      if (name === 'setTimeout') run.settle(1);
      await expect(run.result()).rejects.toThrow('thrown');
    },
  );
});
