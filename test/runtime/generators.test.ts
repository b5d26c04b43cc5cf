/** Generators in snapshots: every state, wherever they are held; what is refused, and how stack traces show them. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../src/runtime/inspect.ts';
import { OneInstance, turn } from './one-instance.ts';

/** Runs `body` up to its checkpoint, goes on in this instance and, from the snapshot, in a restored one: both results. */
async function twice(declarations: string, body: string): Promise<unknown[]> {
  const source = `import { checkpoint } from 'waymark';\n${declarations}\nexport default async function main() {\n${body}\n}`;
  const run = await OneInstance.start(source);
  const first = await run.result();
  const restored = run.restore(run.saved[0]!.snapshot);
  return [first, await restored.result()];
}

const SYNC = `function* steps(a, b = a * 2) {
  try { const x = yield a; const y = yield x + b; return [x, y]; } finally { log('left'); }
}`;
const ASYNC = SYNC.replace('function*', 'async function*');

describe('a sync generator goes on after a restore as without one', () => {
  test.each([
    ['not begun', 'const it = steps(1);', '[it.next("ignored"), it.next(5), it.next(6), it.next()]'],
    ['at its first yield', 'const it = steps(1); it.next();', '[it.next(5), it.next(6), it.next()]'],
    ['at its second yield', 'const it = steps(1); it.next(); it.next(5);', '[it.next(6), it.next()]'],
    ['ended', 'const it = steps(1); it.next(); it.return(9);', '[it.next(6), it.return(3)]'],
    ['not begun, then returned', 'const it = steps(1);', '[it.return(7), it.next()]'],
    [
      'held in data',
      'const it = steps(1); const all = { list: [it], map: new Map([[it, it]]) };',
      '[all.list[0].next(), all.map.get(it).next(2), it === all.list[0]]',
    ],
    [
      'held by a closure',
      'const it = steps(1); const next = (v) => it.next(v);',
      '[next(), next(2), it.next(3)]',
    ],
    [
      'of a closure',
      'let k = 1; const own = function* () { for (;;) k += yield k; }; const it = own(); it.next();',
      '[it.next(4), k, it instanceof own, Object.getPrototypeOf(own.prototype) === Object.getPrototypeOf(steps.prototype)]',
    ],
    [
      'inside yield*',
      'const outer = (function* () { return [yield* steps(1), yield* [7, 8]]; })(); outer.next();',
      '[outer.next(2), outer.next(3), outer.next(), outer.next()]',
    ],
    [
      'whose prototype was replaced',
      'const it = steps(1); Object.setPrototypeOf(it, { next() { return "own"; } });',
      '[it.next()]',
    ],
    [
      'with properties of its own',
      'const it = Object.assign(steps(1), { note: [1] });',
      '[it.note, it.next()]',
    ],
  ])('%s', async (_name, before, after) => {
    const [first, restored] = await twice(SYNC, `${before} await checkpoint(); return ${after};`);
    expect(restored).toEqual(first);
    expect(first).not.toContain(undefined);
  });
});

describe('an async generator goes on after a restore as without one', () => {
  test.each([
    ['not begun', 'const it = steps(1);', '[await it.next("ignored"), await it.next(5), await it.next(6)]'],
    [
      'at a yield',
      'const it = steps(1); await it.next();',
      '[await it.next(5), await it.next(6), await it.next()]',
    ],
    [
      'ended',
      'const it = steps(1); await it.next(); await it.return(9);',
      '[await it.next(6), await it.return(3)]',
    ],
    [
      'waiting in its body, with queued requests',
      'const open = Promise.withResolvers(); const it = (async function* () { const got = await open.promise; yield [got]; yield 2; })(); const asked = [it.next(), it.next(), it.return(4), it.throw(new Error("x")).catch((error) => error.message)];',
      '(open.resolve("late"), await Promise.all(asked))',
    ],
    [
      'whose return waits',
      'const open = Promise.withResolvers(); const it = steps(1); const asked = [it.return(open.promise), it.next()];',
      '(open.resolve("r"), await Promise.all(asked))',
    ],
    [
      'at a yield whose operand is awaited',
      'const open = Promise.withResolvers(); const it = (async function* () { yield open.promise; })(); const asked = it.next();',
      '(open.resolve("v"), [await asked, await it.next()])',
    ],
    [
      'inside yield*',
      'const outer = (async function* () { return [yield* steps(1), yield* [Promise.resolve(7)]]; })(); await outer.next();',
      '[await outer.next(2), await outer.next(3), await outer.next()]',
    ],
  ])('%s', async (_name, before, after) => {
    const [first, restored] = await twice(ASYNC, `${before} await checkpoint(); return ${after};`);
    expect(restored).toEqual(first);
  });
});

test('what is dead at a yield is not saved', async () => {
  const source = `
    import { checkpoint } from 'waymark';
    function* make(socket) { yield socket.name; yield 'second'; }
    export default async function main() {
      const it = make(native);
      it.next();
      await checkpoint();
      return it.next();
    }`;
  const run = await OneInstance.start(source, {
    globals: { native: { name: 'n', [Symbol()]: new Readable() } },
  });
  expect(await run.result()).toEqual({ value: 'second', done: false });
});

test('a live variable that cannot be saved is named with the function and line of the generator', async () => {
  const source = `
    import { checkpoint } from 'waymark';
    function* sync(socket) { yield 1; yield socket; }
    async function* later(socket) { yield 1; yield socket; }
    export default async function main() {
      const messages = [];
      for (const make of [sync, later]) {
        const it = make(open());
        await it.next();
        try { await checkpoint(); } catch (error) { messages.push(error.message); }
        await it.return();
      }
      return messages;
    }`;
  const run = await OneInstance.start(source, { globals: { open: () => new Readable() } });
  const [sync, later] = (await run.result()) as string[];
  expect(sync).toContain('script.ts:3 sync(): local "socket"');
  expect(later).toContain('script.ts:4 later(): local "socket"');
});

describe('native async iterables', () => {
  const script = (extra: string): string => `
    import { checkpoint } from 'waymark';
    export default async function main() {
      const seen = [];
      for await (const chunk of stream()) {
        seen.push(chunk);
        ${extra}
      }
      return seen;
    }`;
  const globals = { stream: () => Readable.from(['a', 'b']) };

  test('are iterated', async () => {
    const run = await OneInstance.start(script(''), { globals });
    expect(await run.result()).toEqual(['a', 'b']);
  });

  test('are closed when the loop is left', async () => {
    const stream = Readable.from(['a', 'b', 'c']);
    const run = await OneInstance.start(script('break;'), { globals: { stream: () => stream } });
    expect(await run.result()).toEqual(['a']);
    expect(stream.destroyed).toBe(true);
  });

  test('make a checkpoint in the loop fail, and the loop goes on', async () => {
    const extra =
      'try { await checkpoint(); } catch (error) { seen.push(error.name + ": " + error.message); }';
    const run = await OneInstance.start(script(extra), { globals });
    const seen = (await run.result()) as string[];
    expect(seen).toHaveLength(4);
    expect(seen[1]).toMatch(/^CheckpointError: .*script\.ts:7 main\(\)/s);
  });

  test('can be made of async generators of the script', async () => {
    const source = `
      async function* produce() { yield 'x'; await null; yield 'y'; }
      export default async function main() {
        const list = [];
        for await (const text of wrap(produce())) list.push(text);
        return list;
      }`;
    const run = await OneInstance.start(source, {
      globals: { wrap: (it: AsyncIterable<string>) => Readable.from(it) },
    });
    expect(await run.result()).toEqual(['x', 'y']);
  });
});

test('a generator that other code drives after the instance has ended rejects', async () => {
  const kept: AsyncGenerator[] = [];
  const source = `export default async function main() { keep((async function* late() { yield 1; })()); }`;
  const run = await OneInstance.start(source, {
    globals: { keep: (it: AsyncGenerator) => void kept.push(it) },
  });
  await run.result();
  await turn();
  await expect(kept[0]!.next()).rejects.toThrow('has ended');
});

test('stack traces show the generators that a frame is in the middle of', async () => {
  const source = `
    import { checkpoint, sleep } from 'waymark';
    function* rows(limit) { for (let row = 0; row < limit; row++) yield* cells(row); }
    function* cells(row) { for (let cell = 0; cell < 3; cell++) yield [row, cell]; }
    async function* paced(limit) { for (const place of rows(limit)) { await sleep(5); yield place; } }
    export default async function main() {
      for await (const place of paced(4)) log(place);
    }`;
  const run = await OneInstance.start(source);
  await turn();
  const [branch] = framesOf(run.instance);
  expect(branch!.map((frame) => [frame.function, frame.line, frame.awaiting])).toEqual([
    ['paced', 5, 'sleep until 1970-01-01T00:00:01.005Z'],
    ['rows', 3, 'the next request'],
    ['cells', 4, 'the next request'],
    ['main', 7, 'paced()'],
  ]);
  expect(branch![2]!.variables).toEqual([
    { name: 'row', value: 0 },
    { name: 'cell', value: 0 },
  ]);
});
