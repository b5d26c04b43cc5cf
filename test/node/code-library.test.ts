/** Code is in the store as long as an instance there needs it, in whatever order versions come, are used and go. */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bundle } from '../../src/bundle.ts';
import { compileSource } from '../../src/compiler/index.ts';
import { CodeLibrary } from '../../src/node/code-library.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';

const VERSIONS: readonly Bundle[] = [1, 2, 3].map((version) =>
  compileSource(`export default async function main() { return ${version}; }`, '/scripts/main.ts'),
);

/** Does what it is asked in order, each after a pause that `delays` says, as a disk does. */
function slowly(store: MemoryStore, delays: () => number, after: () => Promise<void>): MemoryStore {
  let last: Promise<unknown> = Promise.resolve();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        const ms = delays();
        const result = last.then(async () => {
          for (let turns = ms; turns > 0; turns--) await new Promise(setImmediate);
          const answer = await method(...args);
          await after();
          return answer;
        });
        last = result.catch(() => {});
        return result;
      };
    },
  });
}

interface Step {
  readonly kind: 'start' | 'startStored' | 'serve' | 'drop';
  readonly version: number;
  readonly wait: number;
  readonly lives: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('start', 'start', 'startStored', 'serve', 'drop'),
  version: fc.nat(VERSIONS.length - 1),
  wait: fc.nat(3),
  lives: fc.nat(6),
});

test('an instance in the store always has its code there; at the end nothing unused is left (property)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fc.infiniteStream(fc.nat(3)),
      async (steps, stream) => {
        const memory = new MemoryStore();
        const missing: string[] = [];
        const check = async (): Promise<void> => {
          for (const { codeHash, id } of await memory.list({ status: 'running', limit: 1000 }))
            if ((await memory.loadCode(codeHash)) === undefined) missing.push(id);
        };
        const store = slowly(memory, () => stream.next().value as number, check);
        const errors: unknown[] = [];
        const library = new CodeLibrary({
          store,
          parentUrl: import.meta.url,
          reportError: (error) => void errors.push(error),
        });
        let next = 0;
        const turns = async (count: number): Promise<void> => {
          for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
        };
        /** An instance from its start over a checkpoint to its end. */
        const live = async ({ kind, version, lives }: Step): Promise<void> => {
          const bundle = VERSIONS[version]!;
          const taken =
            kind === 'startStored'
              ? library.takeStored(bundle.hash).catch(() => undefined)
              : library.take(bundle);
          const code = await taken;
          if (code === undefined) return;
          await turns(lives);
          if (kind !== 'serve') {
            await library.save(code);
            const head = { id: `i${next++}`, script: 'main', requestId: undefined, codeHash: code.hash };
            const write = { ...head, sequence: 1, createdAt: 0, at: 0 };
            await store.save({ ...write, snapshot: new Uint8Array(1) });
            await turns(lives);
            await store.complete({ ...write, outcome: new Uint8Array(1) });
          }
          library.release(code);
        };
        const all: Promise<void>[] = [];
        for (const one of steps) {
          await turns(one.wait);
          if (one.kind === 'drop') library.dropUnused();
          else all.push(live(one));
        }
        await Promise.all(all);
        await library.idle();
        expect(missing).toEqual([]);
        expect(errors).toEqual([]);
        expect(library.hashes).toEqual([]);
        const left = await Promise.all(VERSIONS.map(({ hash }) => memory.loadCode(hash)));
        expect(left.filter((code) => code !== undefined)).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test('a script that is served again while its code is being removed has it in the store at its next checkpoint', async () => {
  const memory = new MemoryStore();
  const gates: (() => void)[] = [];
  const held = new Proxy(memory, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      if (name !== 'dropUnusedCode') return method;
      // What is to be kept is decided now, the removal happens later.
      return async (...args: unknown[]) => {
        await new Promise<void>((resolve) => gates.push(resolve));
        return method(...args);
      };
    },
  });
  const library = new CodeLibrary({ store: held, parentUrl: import.meta.url, reportError: () => {} });
  const bundle = VERSIONS[0]!;
  const first = await library.take(bundle);
  await library.save(first);
  library.release(first);
  expect(gates.length).toBe(1);
  const again = await library.take(bundle);
  // An instance that was read from the store a moment ago.
  const stored = library.takeStored(bundle.hash);
  await pause(1);
  const saved = library.save(again);
  await pause(1);
  gates[0]!();
  await Promise.all([stored, saved]);
  expect(await memory.loadCode(bundle.hash)).toBeDefined();
  expect((await stored).isSaved).toBe(true);
  library.release(await stored);
  expect(await memory.loadCode(bundle.hash)).toBeDefined();
});

test('code that a removal has spared for a script that never saves it goes with that script', async () => {
  const memory = new MemoryStore();
  const library = new CodeLibrary({ store: memory, parentUrl: import.meta.url, reportError: () => {} });
  const bundle = VERSIONS[0]!;
  const first = await library.take(bundle);
  await library.save(first);
  // One removal is under way when the next is asked for, and the script is served again before that begins.
  library.dropUnused();
  library.release(first);
  const served = await library.take(bundle);
  await library.idle();
  expect(await memory.loadCode(bundle.hash)).toBeDefined();
  library.release(served);
  await library.idle();
  expect(await memory.loadCode(bundle.hash)).toBeUndefined();
});
