/** Waits for the world outside, which no snapshot can hold: they work, and a checkpoint says where they are. */
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { OneInstance, turn } from './one-instance.ts';

/** A script whose main makes a checkpoint while `branch` runs; gives `saved`, or the message of the error. */
const whileRunning = (branch: string): string => `
  import { checkpoint } from 'waymark';
  let keep;
  ${branch}
  export default async function main() {
    const running = branch();
    for (let tick = 0; tick < 20; tick++) await null;
    try { await checkpoint(); } catch (error) { return error.message; }
    finally { release(); }
    return 'saved';
  }`;

/** The message and what to do. */
async function refusal(branch: string): Promise<[unknown, unknown]> {
  const text = await verdict(
    branch.replace('branch() {', 'branch() { await null;'),
    'error.message + "|" + error.fix',
  );
  return String(text).split('|') as [string, string];
}

async function verdict(branch: string, message = 'error.message'): Promise<unknown> {
  const kept: ((value?: unknown) => void)[] = [];
  const globals = {
    nativeWait: () => new Promise((resolve) => kept.push(resolve)),
    giveAway: (resolve: (value?: unknown) => void) => void kept.push(resolve),
    // oxlint-disable-next-line unicorn/no-thenable -- as query builders are
    thenable: { then: (done: (value?: unknown) => void) => setTimeout(done, 1) },
    subscribe: (promise: PromiseLike<unknown>) => promise.then(() => 'native'),
    awaitNatively: async (promise: PromiseLike<unknown>) => {
      await promise;
    },
    release: () =>
      setImmediate(() => {
        for (const resolve of kept) resolve('late');
        for (const { number } of run.armed) run.settle(number);
      }),
  };
  const run: OneInstance = await OneInstance.start(whileRunning(branch).replace('error.message', message), {
    globals,
  });
  return run.result();
}

describe('a branch that a checkpoint refuses, by file, line and function', () => {
  test.each([
    ['awaits a native promise', `async function branch() { await nativeWait(); }`],
    [
      'awaits a callback of native code',
      `async function branch() { await new Promise((resolve) => giveAway(resolve)); }`,
    ],
    [
      'awaits what then() makes of it',
      `async function branch() { await new Promise((resolve) => giveAway(resolve)).then((value) => value); }`,
    ],
    ['awaits all of it', `async function branch() { await Promise.all([1, nativeWait()]); }`],
    ['awaits the first of it', `async function branch() { await Promise.race([nativeWait()]); }`],
    [
      'awaits a function that awaits it',
      `async function branch() { await inner(); } async function inner() { await nativeWait(); }`,
    ],
    [
      'awaits a function that returned it',
      `async function branch() { await inner(); } async function inner() { return new Promise((resolve) => giveAway(resolve)); }`,
    ],
    [
      'awaits all of it and a timer',
      `async function branch() { await Promise.all([new Promise((go) => setTimeout(go, 1)), new Promise((resolve) => giveAway(resolve))]); }`,
    ],
    [
      'awaits what settled of it and a timer',
      `async function branch() { await Promise.allSettled([new Promise((go) => setTimeout(go, 1)), new Promise((resolve) => giveAway(resolve))]); }`,
    ],
    [
      'awaits a function that returned it after a wait',
      `async function branch() { await inner(); } async function inner() { await 1; return new Promise((resolve) => giveAway(resolve)); }`,
    ],
  ])('%s', async (_name, branch) => {
    expect(await verdict(branch)).toMatch(/script\.ts:4 (branch|inner)\(\)/);
  });

  test('a callback that waits for a native promise', async () => {
    const branch = `function branch() { return Promise.resolve(nativeWait()).then(() => log('done')); }`;
    expect(await verdict(branch)).toMatch(/then\(\)/);
  });
});

describe('a checkpoint refuses what would be lost', () => {
  test.each([
    [
      'a callback that waits for native code, and nobody for the callback',
      `async function branch() { new Promise((resolve) => giveAway(resolve)).then(() => log('done')); }`,
      /script\.ts:4 the callback given to then\(\) waits for a callback that only native code has/,
    ],
    [
      'the same by withResolvers, behind a chain of promises',
      `async function branch() { const { promise, resolve } = Promise.withResolvers(); giveAway(resolve); promise.finally(() => {}).then(() => log('done')); }`,
      /waits for a callback that only native code has/,
    ],
    [
      'the same behind Promise.all',
      `async function branch() { Promise.all([new Promise((resolve) => giveAway(resolve))]).then(() => log('done')); }`,
      /the callback given to then\(\)/,
    ],
    [
      'a promise in a variable, which native code settles',
      `async function branch() { const later = new Promise((resolve) => giveAway(resolve)); await new Promise((go) => setTimeout(go, 1)); await later; }`,
      /branch\(\): local "later" holds a promise that only native code can settle, or nobody/,
    ],
    [
      'a native thenable whose turn has not come',
      `async function branch() { for (let tick = 0; tick < 40; tick++) await thenable; }`,
      /branch\(\) waits for a (thenable of native code|callback that only native code has)/,
    ],
    [
      'a callback of native code',
      `async function branch() { subscribe(inner()); } async function inner() { await new Promise((go) => setTimeout(go, 1)); }`,
      /script\.ts:4 inner\(\) has a callback of native code given to then\(\)/,
    ],
    [
      'a promise that somebody dropped',
      `async function branch() { await new Promise((resolve) => {}); }`,
      /or nobody/,
    ],
  ])('%s', async (_name, branch, expected) => {
    const [text, fix] = await refusal(branch);
    expect(text).toMatch(expected);
    expect(fix).toMatch(/before the checkpoint/);
  });
});

describe('what does not keep a checkpoint from being made', () => {
  test.each([
    ['a wait for ever', `async function branch() { await new Promise(() => {}); }`],
    [
      'a wait for ever by a function',
      `function nothing() {} async function branch() { await new Promise(nothing); }`,
    ],
    [
      'what hangs on a wait for ever',
      `async function branch() { await new Promise(() => {}).then(() => 1).finally(() => 2); }`,
    ],
    ['a race that nobody runs', `async function branch() { await Promise.race([]); }`],
    [
      'native code that awaits a promise of the script',
      `async function branch() { awaitNatively(inner()); } async function inner() { await new Promise((go) => setTimeout(go, 1)); }`,
    ],
    [
      'the loser of a race that is over',
      `async function branch() { await Promise.race([nativeWait(), Promise.resolve(1)]); }`,
    ],
    [
      'one of several that failed already',
      `async function branch() { await Promise.all([nativeWait(), Promise.reject(1)]).catch(() => {}); }`,
    ],
    [
      'any that is over',
      `async function branch() { await Promise.any([nativeWait(), Promise.resolve(1)]); }`,
    ],
    [
      'a promise that the script itself can settle',
      `async function branch() { const gate = Promise.withResolvers(); keep = gate.resolve; setTimeout(() => keep(), 1); await Promise.race([gate.promise, null]); }`,
    ],
  ])('%s', async (_name, branch) => {
    expect(await verdict(branch)).toBe('saved');
  });
});

describe('native code that calls back', () => {
  test('resolves a promise long after', async () => {
    let call: ((value: string) => void) | undefined;
    const run = await OneInstance.start(
      `export default async function main() { return await new Promise((resolve) => keep(resolve)); }`,
      { globals: { keep: (resolve: (value: string) => void) => (call = resolve) } },
    );
    await turn();
    call!('value');
    expect(await run.result()).toBe('value');
  });

  test('rejects, once and for all', async () => {
    const run = await OneInstance.start(
      `export default async function main() {
         return await new Promise((resolve, reject) => keep(resolve, reject)).catch((error) => 'caught ' + error);
       }`,
      {
        globals: {
          keep: (resolve: (value: string) => void, reject: (reason: string) => void) =>
            setImmediate(() => {
              reject('no');
              resolve('yes');
            }),
        },
      },
    );
    expect(await run.result()).toBe('caught no');
  });

  test('awaits a promise of the script', async () => {
    let settled: unknown;
    const run = await OneInstance.start(
      `export default async function main() { const value = later(); watch(value); await nativeTurn(); return await value; }
       async function later() { await null; await null; return 'inside'; }`,
      {
        globals: {
          nativeTurn: turn,
          watch: async (value: unknown) => {
            settled = await value;
          },
        },
      },
    );
    expect(await run.result()).toBe('inside');
    await turn();
    expect(settled).toBe('inside');
  });

  test('calls closures of the script, async ones too', async () => {
    const emitter = new EventEmitter();
    // As a stream does: what it emits later, it emits for whoever began it.
    const begin = (): void => {
      setImmediate(() => {
        emitter.emit('item', 'a');
        emitter.emit('item', 'b');
        setImmediate(() => emitter.emit('end'));
      });
    };
    const run = await OneInstance.start(
      `export default async function main() {
         const seen = [];
         const { promise, resolve } = Promise.withResolvers();
         emitter.on('item', async (item) => { await null; seen.push(item); await Promise.resolve(); seen.push(item + '!'); });
         emitter.on('end', () => { new Promise((go) => go('over')).then((text) => seen.push(text)).then(resolve); });
         begin();
         await promise;
         return seen;
       }`,
      { globals: { emitter, begin } },
    );
    expect(await run.result()).toEqual(['a', 'b', 'a!', 'b!', 'over']);
  });
});
