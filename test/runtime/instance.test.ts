import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { OneInstance, turn } from './one-instance.ts';

describe('how an instance ends', () => {
  test('with the value of the default export', async () => {
    const run = await OneInstance.start(
      `export default async function main(input) { await null; return input * 2; }`,
      { input: 21 },
    );
    expect(await run.outcome).toEqual({ status: 'completed', value: 42 });
    expect(run.instance.isOver).toBe(true);
  });

  test('also when the default export is not async', async () => {
    expect(await (await OneInstance.start(`export default () => 7;`)).result()).toBe(7);
    const thrown = await OneInstance.start(`export default () => { throw new Error('at once'); };`);
    await expect(thrown.result()).rejects.toThrow('at once');
  });

  test('with what it throws, with the line of the script in the stack', async () => {
    const run = await OneInstance.start(`
      export default async function main() {
        await null;
        throw new Error('broken');
      }`);
    const error = (await run.result().catch((reason: unknown) => reason)) as Error;
    expect(error.message).toBe('broken');
    expect(error.stack).toMatch(/main .*script\.ts:4:/);
  });

  test('with the rejection of a branch that nobody awaits', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      async function branch() { await null; throw new Error('floating'); }
      export default async function main() { branch(); await sleep(1000); }`);
    await expect(run.result()).rejects.toThrow('floating');
  });

  test('not with a rejection that is handled before the queue is empty', async () => {
    const run = await OneInstance.start(`
      export default async function main() {
        const failing = Promise.reject(new Error('late'));
        for (let i = 0; i < 10; i++) await null;
        return await failing.catch((error) => error.message);
      }`);
    expect(await run.result()).toBe('late');
  });

  test('once, and nothing runs afterwards', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      async function branch() { await sleep(5); log('after the end'); }
      export default async function main() { branch(); return 1; }`);
    expect(await run.result()).toBe(1);
    expect(run.disarmed).toEqual([1]);
    run.settle(1);
    await turn();
    expect(run.log).toEqual([]);
  });
});

describe('instances side by side', () => {
  test('have job queues of their own', async () => {
    const source = `
      export default async function main(name) { for (let i = 0; i < 3; i++) { log(name + i); await gate(); } }`;
    const waiting: (() => void)[] = [];
    const globals = { gate: () => new Promise<void>((resolve) => waiting.push(resolve)) };
    const [a, b] = [
      await OneInstance.start(source, { globals, input: 'a' }),
      await OneInstance.start(source, { globals, input: 'b' }),
    ];
    while (waiting.length > 0) {
      for (const open of waiting.splice(0)) open();
      await turn();
    }
    await Promise.all([a.result(), b.result()]);
    expect(a.log).toEqual(['a0', 'a1', 'a2']);
    expect(b.log).toEqual(['b0', 'b1', 'b2']);
  });

  test('a long run of jobs lets others have their turn', async () => {
    let stopped = false;
    setImmediate(() => (stopped = true));
    const run = await OneInstance.start(
      `export default async function main() { let count = 0; while (!stopped()) { await null; count++; } return count > 0; }`,
      { globals: { stopped: () => stopped } },
    );
    expect(await run.result()).toBe(true);
  });
});

describe('a snapshot', () => {
  test('can be taken of a restored instance again and again', async () => {
    let run = await OneInstance.start(`
      import { sleep } from 'waymark';
      const inner = async (value: number) => { await sleep(1); return value; };
      export default async function main() {
        const { promise, resolve } = Promise.withResolvers();
        (async () => { await inner(1); resolve('resolved'); })();
        const [a, b] = await Promise.all([inner(2), promise]);
        return [a, b];
      }`);
    for (let round = 0; round < 3; round++) run = run.restore(run.instance.capture());
    const numbers = run.armed.map(({ number }) => number);
    expect(numbers.length).toBe(2);
    for (const number of numbers) run.settle(number);
    expect(await run.result()).toEqual([2, 'resolved']);
  });

  test('holds nothing of a branch that is over', async () => {
    const run = await OneInstance.start(`
      import { sleep } from 'waymark';
      async function branch(size: number) { const text = 'x'.repeat(size); await null; return text.length; }
      export default async function main() { await branch(100_000); await sleep(1000); }`);
    await turn();
    expect(run.instance.capture().length).toBeLessThan(300);
  });
});

/** Bytes of the heap that are in use, without garbage. */
const liveHeap = (() => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
})();

/** What a run may leave behind: bookkeeping of the engine, nothing that grows with the number of rounds. */
const SLACK = 8_000_000;

describe('long runs', () => {
  test('10,000,000 awaits neither grow the stack nor leak', async () => {
    const source = `
      async function step(value: number) { await null; return value; }
      export default async function main(count: number) { let sum = 0; for (let i = 0; i < count; i++) sum += await step(1); return sum; }`;
    await (await OneInstance.start(source, { input: 100_000 })).result();
    const before = liveHeap();
    const run = await OneInstance.start(source, { input: 5_000_000 });
    expect(await run.result()).toBe(5_000_000);
    expect(liveHeap() - before).toBeLessThan(SLACK);
  });

  test('1,000,000 checkpoints do not leak', async () => {
    const source = `
      import { checkpoint } from 'waymark';
      export default async function main(count: number) {
        let sum = 0;
        for (let i = 0; i < count; i++) await checkpoint({ commit: () => { sum++; } });
        return sum;
      }`;
    await (await OneInstance.start(source, { input: 10_000, keep: 1 })).result();
    const before = liveHeap();
    const run = await OneInstance.start(source, { input: 1_000_000, keep: 1 });
    expect(await run.result()).toBe(1_000_000);
    expect(run.instance.sequence).toBe(1_000_000);
    expect(liveHeap() - before).toBeLessThan(SLACK);
  });
});
