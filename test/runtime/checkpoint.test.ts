import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../src/script-errors.ts';
import { OneInstance, turn } from './one-instance.ts';

const gate = (): { save: () => Promise<void>; open: (() => void)[]; break: ((error: Error) => void)[] } => {
  const waiting = { open: [] as (() => void)[], break: [] as ((error: Error) => void)[] };
  return {
    ...waiting,
    save: () =>
      new Promise((resolve, reject) => {
        waiting.open.push(resolve);
        waiting.break.push(reject);
      }),
  };
};

describe('commit and recover', () => {
  const script = `
    import { checkpoint, self } from 'waymark';
    export default async function main() {
      const value = { shared: 1 };
      const got = await checkpoint({
        commit: async () => { await null; log('commit', self.checkpoint); value.shared++; return 'committed'; },
        recover: async () => { await null; log('recover', self.checkpoint); value.shared += 10; return 'recovered'; },
      });
      return [got, value.shared, self.attempt, self.recovered, self.downtime];
    }`;

  test('commit runs once the checkpoint is durable', async () => {
    const { save, open } = gate();
    const run = await OneInstance.start(script, { save });
    await turn();
    expect(run.log).toEqual([]);
    expect(run.instance.sequence).toBe(0);
    open[0]!();
    expect(await run.result()).toEqual(['committed', 2, 1, false, 0]);
    expect(run.log).toEqual(['commit', 1]);
  });

  test('recover runs instead after a restore', async () => {
    const run = await OneInstance.start(script);
    await run.result();
    run.time = 5000;
    const again = run.restore(undefined, { downSince: 400 });
    expect(again.instance.sequence).toBe(1);
    expect(await again.result()).toEqual(['recovered', 11, 2, true, 600]);
    expect(again.log).toEqual(['recover', 1]);
  });

  test('a restored instance makes the next checkpoint under the next number', async () => {
    const run = await OneInstance.start(`
      import { checkpoint } from 'waymark';
      export default async function main() {
        for (let i = 0; i < 3; i++) log(await checkpoint({ commit: () => 'c' + i, recover: () => 'r' + i }));
      }`);
    await run.result();
    expect(run.saved.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const again = run.restore(run.saved[1]!.snapshot);
    await again.result();
    expect(again.log).toEqual(['r1', 'c2']);
    expect(again.saved.map(({ sequence }) => sequence)).toEqual([3]);
  });

  test('what commit throws rejects checkpoint(), which stands', async () => {
    const run = await OneInstance.start(`
      import { checkpoint } from 'waymark';
      export default async function main() {
        try { await checkpoint({ commit: () => { throw new Error('commit failed'); } }); } catch (error) { log(error.message); }
        try { await checkpoint({ commit: async () => { throw new Error('later'); } }); } catch (error) { log(error.message); }
      }`);
    await run.result();
    expect(run.log).toEqual(['commit failed', 'later']);
    expect(run.saved.length).toBe(2);
  });

  test('without options', async () => {
    const run = await OneInstance.start(`
      import { checkpoint } from 'waymark';
      export default async function main() { return [await checkpoint(), await checkpoint({})]; }`);
    expect(await run.result()).toEqual([undefined, undefined]);
    const again = run.restore(run.saved[0]!.snapshot);
    expect(await again.result()).toEqual([undefined, undefined]);
  });
});

describe('the moment of the snapshot', () => {
  test('it is taken when the job is over, before any other job', async () => {
    const run = await OneInstance.start(`
      import { checkpoint } from 'waymark';
      export default async function main() {
        const seen: string[] = [];
        const other = (async () => { await null; seen.push('other'); })();
        const made = checkpoint({ recover: () => seen.join() });
        seen.push('same job');
        const got = await made;
        await other;
        return [got, seen.join()];
      }`);
    expect(await run.result()).toEqual([undefined, 'same job,other']);
    expect(await run.restore().result()).toEqual(['same job,other', 'same job,other']);
  });

  test('other branches go on while a checkpoint is being made', async () => {
    const { save, open } = gate();
    const run = await OneInstance.start(
      `
      import { checkpoint } from 'waymark';
      async function branch(name: string) { for (let i = 0; i < 3; i++) { await null; log(name + i); } }
      export default async function main() {
        await Promise.all([checkpoint({ commit: () => log('commit') }), branch('a'), branch('b')]);
      }`,
      { save },
    );
    await turn();
    expect(run.log).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    open[0]!();
    await run.result();
    expect(run.log.at(-1)).toBe('commit');
    const again = run.restore();
    await again.result();
    expect(again.log).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
  });

  test('checkpoints of several branches', async () => {
    const { save, open } = gate();
    const run = await OneInstance.start(
      `
      import { checkpoint } from 'waymark';
      async function branch(name: string, rounds: number) {
        for (let i = 0; i < rounds; i++) log(await checkpoint({ commit: () => name + i, recover: () => 'r' + name + i }));
      }
      export default async function main() { await Promise.all([branch('a', 2), branch('b', 2)]); return 'end'; }`,
      { save },
    );
    for (let round = 0; round < 10; round++) {
      await turn();
      open.shift()?.();
    }
    expect(await run.result()).toBe('end');
    const numbers = run.saved.map(({ sequence }) => sequence);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { snapshot } of run.saved) expect(await run.restore(snapshot).result()).toBe('end');
  });
});

describe('a checkpoint that cannot be made', () => {
  test('the store refuses: checkpoint() rejects, the instance goes on', async () => {
    let saves = 0;
    const broken = new Error('disk full');
    const run = await OneInstance.start(
      `
      import { checkpoint, CheckpointError } from 'waymark';
      export default async function main() {
        log(await checkpoint({ commit: () => 'one' }));
        try { await checkpoint({ commit: () => log('never') }); }
        catch (error) { log(error instanceof CheckpointError, error.code, error.cause.message, error.fix !== undefined); }
        log(await checkpoint({ commit: () => 'three' }));
      }`,
      { save: () => (++saves === 2 ? Promise.reject(broken) : Promise.resolve()) },
    );
    await run.result();
    expect(run.log).toEqual(['one', true, 'WM3003', 'disk full', true, 'three']);
    expect(run.saved.length).toBe(2);
  });

  test.each([
    [
      'a local that cannot be saved',
      `const socket = makeSocket(); await checkpoint(); socket.use();`,
      'script.ts:4 main(): local "socket"',
    ],
    [
      'a property deep inside',
      `const state = { list: [{ socket: makeSocket() }] }; await checkpoint(); log(state);`,
      'script.ts:4 main(): local "state" -> .list[0].socket',
    ],
    [
      'a captured variable',
      `const socket = makeSocket(); const use = () => socket; await checkpoint(); use();`,
      'script.ts:4 main(): local "use" -> captured by use()',
    ],
  ])('%s: the error says where', async (_name, body, place) => {
    class Socket {
      use(): void {}
    }
    const run = await OneInstance.start(
      `
      import { checkpoint } from 'waymark';
      export default async function main() {
        ${body}
      }`,
      { globals: { makeSocket: () => new Socket() } },
    );
    const error: unknown = await run.result().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toContain(place);
    expect((error as Error).message).toContain('Socket');
  });

  test('a dead local is no problem', async () => {
    const run = await OneInstance.start(
      `
      import { checkpoint } from 'waymark';
      export default async function main() {
        const socket = makeSocket();
        log(typeof socket);
        await checkpoint();
        return 'fine';
      }`,
      { globals: { makeSocket: () => new SharedArrayBuffer(8) } },
    );
    expect(await run.result()).toBe('fine');
  });

  test('only the checkpoint fails; the one before stands', async () => {
    const run = await OneInstance.start(
      `
      import { checkpoint } from 'waymark';
      export default async function main() {
        await checkpoint();
        const socket = makeSocket();
        try { await checkpoint(); } catch (error) { log(error.code); }
        log(typeof socket);
        return 'end';
      }`,
      { globals: { makeSocket: () => new SharedArrayBuffer(8) } },
    );
    expect(await run.result()).toBe('end');
    expect(run.log).toEqual(['WM3003', 'object']);
    expect(run.saved.map(({ sequence }) => sequence)).toEqual([1]);
    expect(run.instance.sequence).toBe(1);
  });
});
