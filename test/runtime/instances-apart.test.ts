/** What one instance does never reaches into another one, nor into the process. */
import { describe, expect, test } from 'vitest';
import type { Host, Outcome } from '../../src/runtime/host.ts';
import { Instance } from '../../src/runtime/instance.ts';
import { turn } from './one-instance.ts';
import { message, SharedRealm } from './shared-realm.ts';

describe('a promise of one instance in another one', () => {
  const exchange = `
    import { checkpoint, self } from 'waymark';
    const shared = new Map();
    export default async function main(input) {
      if (input === 'owner') {
        const { promise, resolve, reject } = Promise.withResolvers();
        shared.set('promise', promise);
        shared.set('resolve', resolve);
        shared.set('reject', reject);
        await promise.catch(() => {});
        return 'owner';
      }
      return await USE;
    }`;
  const using = (use: string): string => exchange.replace('USE', use);

  test.each([
    ['awaited', `shared.get('promise')`],
    ['given to then', `shared.get('promise').then((value) => self.id + ' ' + value)`],
    ['given to Promise.all', `Promise.all([shared.get('promise'), 1])`],
    ['returned by an async function', `(async () => shared.get('promise'))()`],
    ['given to Promise.resolve', `Promise.resolve(shared.get('promise'))`],
  ])('is followed when it is %s', async (_name, use) => {
    const realm = await SharedRealm.load(
      using(use).replace(
        'return await',
        `nativeImmediate(() => shared.get('resolve')('value'));\n return await`,
      ),
      { nativeImmediate: setImmediate },
    );
    const owner = realm.start('owner');
    const user = realm.start('user');
    const text = use.includes('then') ? 'user value' : use.includes('all') ? 'value,1' : 'value';
    expect(message(await user.outcome)).toBe(`completed ${text}`);
    expect(message(await owner.outcome)).toBe('completed owner');
  });

  test('rejects here, too, without failing its own instance', async () => {
    const realm = await SharedRealm.load(
      using(`shared.get('promise')`).replace(
        'return await',
        `nativeImmediate(() => shared.get('reject')(new Error('no')));\n return await`,
      ),
      { nativeImmediate: setImmediate },
    );
    const owner = realm.start('owner');
    const user = realm.start('user');
    expect(message(await user.outcome)).toBe('no');
    expect(message(await owner.outcome)).toBe('completed owner');
  });

  test('is no obstacle to checkpoints of its own instance, and one to those of the other', async () => {
    const realm = await SharedRealm.load(`
      import { checkpoint } from 'waymark';
      const shared = new Map();
      async function follow() { return await shared.get('promise'); }
      export default async function main(input) {
        if (input === 'owner') {
          const { promise, resolve } = Promise.withResolvers();
          shared.set('promise', promise);
          for (let tick = 0; tick < 5; tick++) await null;
          shared.set('made', await checkpoint({ commit: () => 'made' }));
          await new Promise((go) => shared.set('go', go));
          resolve(shared.get('made'));
          return await promise;
        }
        const following = follow();
        const early = await checkpoint().catch((error) => error.message);
        const refused = await checkpoint().catch((error) => error.message);
        shared.get('go')();
        return [refused, await following, early];
      }`);
    const owner = realm.start('owner');
    await turn();
    const user = realm.start('user');
    const outcome = await user.outcome;
    expect(outcome.status).toBe('completed');
    const [refused, value, early] = (outcome as { value: unknown[] }).value;
    expect(refused).toMatch(/shared\.ts:4 follow\(\)/);
    expect(early).toMatch(/of another instance/);
    expect(value).toBe('made');
    expect(message(await owner.outcome)).toBe('completed made');
    expect(realm.saved).toEqual([{ id: 'owner', sequence: 1 }]);
  });

  test('rejects when its instance ends without settling it', async () => {
    const realm = await SharedRealm.load(`
      const shared = new Map();
      export default async function main(input) {
        if (input === 'user') return await shared.get('promise');
        shared.set('promise', new Promise(() => {}));
        await null;
        if (input === 'owner') { await null; await new Promise((go) => setImmediate(go)); }
        return input;
      }`);
    const owner = realm.start('owner');
    await turn();
    const user = realm.start('user');
    await turn();
    owner.instance.stop();
    expect(message(await user.outcome)).toMatch(/instance owner, whose promise was awaited, has ended/);

    const gone = realm.start('gone');
    await gone.outcome;
    expect(message(await realm.start('user').outcome)).toMatch(/instance gone/);
  });

  test('code of one never runs in the middle of code of the other', async () => {
    const realm = await SharedRealm.load(`
      const shared = new Map();
      export default async function main(input) {
        if (input === 'first') {
          await new Promise((go) => shared.set('go', go));
          log('first goes on');
          return;
        }
        log('before');
        shared.get('go')();
        log('after');
        await null;
        log('after a job');
      }`);
    const first = realm.start('first');
    const second = realm.start('second');
    await Promise.all([first.outcome, second.outcome]);
    expect(realm.log.slice(0, 2)).toEqual(['before', 'after']);
    expect(realm.log).toContain('first goes on');
  });
});

describe('errors', () => {
  test('a rejection that nobody handles ends one instance, and nothing else', async () => {
    const seen: unknown[] = [];
    const note = (reason: unknown): void => void seen.push(reason);
    process.on('unhandledRejection', note);
    try {
      const realm = await SharedRealm.load(
        `
        async function floating() { await null; throw new Error('floating'); }
        export default async function main(input) {
          if (input === 'bad') floating();
          for (let tick = 0; tick < 100; tick++) await null;
          await new Promise((go) => setImmediate2(go));
          return input;
        }`.replace('setImmediate2', 'nativeImmediate'),
        { nativeImmediate: setImmediate },
      );
      const bad = realm.start('bad');
      const good = realm.start('good');
      expect(message(await bad.outcome)).toBe('floating');
      expect(message(await good.outcome)).toBe('completed good');
      await turn();
      expect(seen).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  test.each([
    ['a resolving function of a subclass', `Evil.resolve(1).then(() => 2)`],
    ['queueMicrotask', `queueMicrotask(() => { throw new Error('evil'); })`],
  ])('what %s throws in a job ends one instance', async (_name, evil) => {
    const realm = await SharedRealm.load(`
      class Evil extends Promise {
        constructor(executor) {
          let reject;
          super((_resolve, no) => { reject = no; });
          executor(() => { if (Evil.armed) throw new Error('evil'); }, () => { throw new Error('evil'); });
          this.catch = () => reject();
        }
        static get armed() { return true; }
      }
      export default async function main(input) {
        if (input === 'bad') { try { ${evil}; } catch (error) { throw error; } }
        for (let tick = 0; tick < 10; tick++) await null;
        return input;
      }`);
    const bad = realm.start('bad');
    const good = realm.start('good');
    expect(message(await bad.outcome)).toBe('evil');
    expect(message(await good.outcome)).toBe('completed good');
  });

  test('a host that throws instead of saving', async () => {
    const realm = await SharedRealm.load(`
      import { checkpoint } from 'waymark';
      export default async function main() {
        try { await checkpoint(); } catch (error) { return error.code + ' ' + error.message; }
      }`);
    const broken = realm.start('one');
    expect(message(await broken.outcome)).toBe('completed undefined');
    for (const reason of [undefined, null, 'text', new Error('disk')]) {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const host: Host = {
        ...broken.instance.host,
        now: () => 0,
        save: () => {
          throw reason;
        },
        ended: (_instance, outcome) => resolve(outcome),
      };
      const { realm: loaded } = broken.instance;
      new Instance({ id: 'two', script: 'shared', realm: loaded, host, createdAt: 0 }).start(undefined);
      const text = reason instanceof Error ? reason.message : String(reason);
      expect(message(await promise)).toBe(`completed WM3003 The checkpoint could not be made: ${text}`);
    }
  });
});
