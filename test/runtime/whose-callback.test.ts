/** A closure belongs to the instance in which it was made, whoever calls it, whenever: `self` says so, and its promises do. */
import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/runtime/host.ts';
import { message, SharedRealm } from './shared-realm.ts';
import { turn } from './one-instance.ts';

/** Runs `callback` with the async context that the process has outside of everything. */
const nowhere = new AsyncResource('nowhere');
const outside = (callback: () => unknown): unknown => nowhere.runInAsyncScope(callback);

/** Two instances make a closure each; then native code, `user`, calls both from wherever it likes. */
async function both(
  closure: string,
  use: (kept: Map<string, (...args: never[]) => unknown>) => unknown,
  before = '',
): Promise<string[]> {
  const kept = new Map<string, (...args: never[]) => unknown>();
  const ends: (() => void)[] = [];
  const realm = await SharedRealm.load(
    `import { self, checkpoint, sleep } from 'waymark';
     ${before}
     function report(what) { log(self.id + ' ' + what); }
     export default async function main() {
       const mine = self.id;
       keep(mine, ${closure});
       await new Promise((go) => onEnd(go));
       return self.id === mine;
     }`,
    {
      keep: (id: string, fn: (...args: never[]) => unknown) => kept.set(id, fn),
      onEnd: (end: () => void) => ends.push(end),
    },
  );
  const running = ['a', 'b'].map((id) => realm.start(id));
  await turn();
  await use(kept);
  await turn();
  for (const end of ends) end();
  const outcomes: Outcome[] = await Promise.all(running.map(({ outcome }) => outcome));
  expect(outcomes.map(message)).toEqual(['completed true', 'completed true']);
  return realm.log as string[];
}

const ofBoth = ['a called', 'b called'];
const callBoth = (kept: Map<string, Function>): unknown =>
  outside(() => (kept.get('a')!('called'), kept.get('b')!('called')));

describe('called by native code that knows no instance', () => {
  test.each([
    ['an arrow function', `(what) => report(what)`],
    ['a function expression', `function (what) { report(what); }`],
    ['one that uses `arguments`', `function () { report(arguments[0]); }`],
    ['a method', `({ call(what) { report(what); } }).call`],
    ['a default parameter', `(what, id = self.id) => log(id + ' ' + what)`],
    ['a pattern', `(...[what]) => report(what)`],
    ['an async arrow function', `async (what) => { report(what); }`],
    ['an async function after an await', `async (what) => { await null; report(what); }`],
    ['a callback of a promise', `(what) => void Promise.resolve(what).then((value) => report(value))`],
    ['a callback that makes a callback', `(what) => [what].forEach((each) => report(each))`],
    ['a microtask', `(what) => queueMicrotask(() => report(what))`],
    ['a promise made by `new`', `(what) => new Promise((go) => go(what)).then(report)`],
    [
      'a named function expression',
      `function again(what, left = 2) { if (left > 0) again(what, left - 1); else report(what); }`,
    ],
    ['a bound function', `function (what) { report(what); }.bind(null)`],
    [
      'async iteration of its own',
      `async (what) => { for (const each of [what]) { await each; report(each); } }`,
    ],
  ])('%s', async (_name, closure) => {
    const log = await both(closure, callBoth);
    expect(log.toSorted()).toEqual(ofBoth);
  });

  test('made by another closure, which was called outside', async () => {
    const log = await both(`() => (what) => report(what)`, (kept) => {
      const made = ['a', 'b'].map((id) => outside(() => (kept.get(id) as () => (what: string) => void)()));
      for (const each of made) outside(() => (each as (what: string) => void)('called'));
    });
    expect(log).toEqual(ofBoth);
  });

  test('as a constructor', async () => {
    const log = await both(
      `function (what) { this.what = what; report(new.target === undefined ? 'no' : what); }`,
      (kept) =>
        outside(() => {
          for (const id of ['a', 'b']) {
            const Made = kept.get(id) as unknown as new (what: string) => { what: string };
            const made = new Made('called');
            expect(made).toBeInstanceOf(Made);
            expect(made.what).toBe('called');
          }
        }),
    );
    expect(log).toEqual(ofBoth);
  });

  test('its value, its error and its receiver are the caller’s', async () => {
    await both(
      `function (value) { report('x'); if (value === 'throw') throw new RangeError('no'); return [this, value]; }`,
      (kept) => {
        const fn = kept.get('a')! as (value: string) => unknown;
        const receiver = { n: 1 };
        expect(outside(() => fn.call(receiver, 'v'))).toEqual([receiver, 'v']);
        expect(() => outside(() => fn('throw'))).toThrow(RangeError);
      },
    );
  });
});

describe('called in the middle of another instance’s turn', () => {
  test('by an event emitter that both share', async () => {
    const emitter = new EventEmitter();
    const realm = await SharedRealm.load(
      `import { self } from 'waymark';
       export default async function main(input) {
         if (input === 'emitter') {
           emitter.emit('ping', 1);
           log('back in ' + self.id);
           await null;
           emitter.emit('ping', 2);
           return 'emitted';
         }
         const { promise, resolve } = Promise.withResolvers();
         const seen = [];
         emitter.on('ping', (n) => {
           log(self.id + ' hears ' + n);
           Promise.resolve(n).then((value) => { log(self.id + ' goes on with ' + value); seen.push(value); if (value === 2) resolve(seen); });
         });
         emitter.on('ping', async (n) => { await null; log(self.id + ' awaited ' + n); });
         return await promise;
       }`,
      { emitter },
    );
    const first = realm.start('first');
    const second = realm.start('second');
    await turn();
    const third = realm.start('third', 'emitter');
    expect(message(await third.outcome)).toBe('completed emitted');
    expect(message(await first.outcome)).toBe('completed 1,2');
    expect(message(await second.outcome)).toBe('completed 1,2');
    expect(realm.log.filter((line) => String(line).startsWith('third'))).toEqual([]);
    expect(realm.log.filter((line) => line === 'back in third')).toHaveLength(1);
    for (const id of ['first', 'second'])
      expect(realm.log.filter((line) => String(line).startsWith(id))).toHaveLength(6);
  });

  test('a durable operation is numbered by the instance of the closure', async () => {
    const emitter = new EventEmitter();
    const realm = await SharedRealm.load(
      `import { sleep } from 'waymark';
       export default async function main(input) {
         if (input === 'caller') { emitter.emit('go'); return 'done'; }
         emitter.on('go', () => void sleep(5));
         await new Promise((go) => emitter.once('end', go));
         return 'ended';
       }`,
      { emitter },
    );
    const owner = realm.start('owner');
    await turn();
    const caller = realm.start('caller', 'caller');
    expect(owner.instance.operations.size).toBe(1);
    expect(caller.instance.operations.size).toBe(0);
    emitter.emit('end');
    await owner.outcome;
  });
});

describe('an instance that has ended', () => {
  test('its closures still run, and what needs the instance says that it is gone', async () => {
    let late: (() => unknown) | undefined;
    let lateAsync: (() => Promise<unknown>) | undefined;
    const realm = await SharedRealm.load(
      `import { self } from 'waymark';
       export default async function main() {
         let count = 0;
         keep(() => { count += 1; return count > 1 ? self.id : count; }, async () => self.id);
         return 'over';
       }`,
      {
        keep: (one: () => unknown, two: () => Promise<unknown>) => {
          late = one;
          lateAsync = two;
        },
      },
    );
    await realm.start('gone').outcome;
    const other = realm.start('other', 'other');
    await other.outcome;
    const warnings: unknown[] = [];
    const note = (warning: unknown): void => void warnings.push(warning);
    process.on('warning', note);
    expect(late!()).toBe(1);
    expect(() => late!()).toThrow(/for the instance other, which has ended/);
    await expect(lateAsync!()).rejects.toThrow(/for the instance other, which has ended/);
    await turn();
    process.off('warning', note);
    expect(warnings).toHaveLength(1);
  });
});

describe('a script with module-level state, which has a realm for itself', () => {
  test('all its functions are its own, also those of the module', async () => {
    const emitter = new EventEmitter();
    const source = `
      import { self } from 'waymark';
      let heard = 0;
      async function listen(what) { heard += 1; await null; log(self.id + ' ' + what + ' ' + heard); }
      export default async function main(input) {
        emitter.on('ping', listen);
        await new Promise((go) => emitter.once('end', go));
        return heard;
      }`;
    const one = await SharedRealm.load(source, { emitter });
    const two = await SharedRealm.load(source, { emitter });
    const running = [one.start('one'), two.start('two')];
    await turn();
    outside(() => emitter.emit('ping', 'hello'));
    await turn();
    expect([one.log, two.log]).toEqual([['one hello 1'], ['two hello 1']]);
    emitter.emit('end');
    const ended = await Promise.all(running.map(({ outcome }) => outcome));
    expect(ended.map(message)).toEqual(['completed 1', 'completed 1']);
  });
});
