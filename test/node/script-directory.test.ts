/** Scripts that come, change and go while a node serves them. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { Bench, until } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const version = (text: string): string => `
import { call, checkpoint } from 'waymark';
export default async function greet({ wait }: { wait?: boolean } = {}) {
  if (wait) { await checkpoint(); await call('gate', null, { timeout: '1h' }); }
  return ${JSON.stringify(text)};
}`;

const answer = async (subject = 'greet'): Promise<unknown> => (await bench.ask(subject, {})).value;

test('modules in subfolders, with a leading _ or a dot, declarations and tests are not served but can be imported', async () => {
  await bench.write(
    'main.ts',
    `import { a } from './_a.ts'; import { b } from './lib/b.ts'; export default async () => a + b;`,
  );
  await bench.write('_a.ts', `export const a = 1;`);
  await bench.write('lib/b.ts', `export const b = 2;`);
  await bench.write('.hidden.ts', `syntax error`);
  await bench.write('types.d.ts', `export type A = 1;`);
  await bench.write('main.test.ts', `syntax error`);
  await bench.write('notes.md', `# no`);
  const node = await bench.node();
  expect(node.status()).toMatchObject({ scripts: [{ name: 'main' }], refused: [] });
  expect(await answer('main')).toBe(3);
});

test('new, edited, broken, repaired and deleted scripts are followed', async () => {
  await bench.write('greet.ts', version('one'));
  const node = await bench.node({ watch: true });
  expect(await answer()).toBe('one');

  await bench.write('greet.ts', version('two'));
  await until(async () => (await answer()) === 'two');

  await bench.write('greet.ts', 'export default async function (');
  await until(() => node.status().refused.length === 1);
  expect(await answer()).toBe('two');
  expect(node.status().refused[0]!.error).toMatchObject({
    diagnostics: [expect.objectContaining({ code: 'WM1001' })],
  });

  await bench.write('greet.ts', version('three'));
  await until(async () => (await answer()) === 'three');
  expect(node.status().refused).toEqual([]);

  await bench.write('other.ts', version('other'));
  await until(() => node.status().scripts.length === 2);
  expect(await answer('other')).toBe('other');

  await rm(join(bench.scripts, 'greet.ts'));
  await until(() => node.status().scripts.length === 1);
  await expect(answer()).rejects.toMatchObject({ code: 'WM6001' });

  await rename(join(bench.scripts, 'other.ts'), join(bench.scripts, 'third.ts'));
  await until(() => node.status().scripts[0]?.name === 'third');
  expect(await answer('third')).toBe('other');
  const changes = bench.events.flatMap((event) => (event.kind === 'script' ? [event.change.kind] : []));
  expect(changes.filter((kind) => kind === 'refused')).toHaveLength(1);
  expect(bench.problems()).toEqual([]);
});

test('an edit of an imported module serves new instances', async () => {
  await bench.write('main.ts', `import { word } from './lib/word.ts'; export default async () => word;`);
  await bench.write('lib/word.ts', `export const word = 'old';`);
  await bench.node({ watch: true });
  expect(await answer('main')).toBe('old');
  await bench.write('lib/word.ts', `export const word = 'new';`);
  await until(async () => (await answer('main')) === 'new');
});

test('imports from beside the folder are watched too, also while they are broken and after their folder was made anew', async () => {
  await bench.write('main.ts', `import { word } from '../beside/word.ts'; export default async () => word;`);
  const write = (text: string): Promise<string> => bench.write('../beside/word.ts', text);
  await write(`export const word = ;`);
  const node = await bench.node({ watch: true });
  expect(node.status().refused).toHaveLength(1);
  await write(`export const word = 'one';`);
  await until(async () => node.status().scripts.length === 1 && (await answer('main')) === 'one');
  await write(`export const word = 'two';`);
  await until(async () => (await answer('main')) === 'two');
  await rm(join(bench.root, 'beside'), { recursive: true });
  await until(() => node.status().refused.length === 1);
  expect(await answer('main')).toBe('two');
  await write(`export const word = 'three';`);
  await bench.write(
    'main.ts',
    `import { word } from '../beside/word.ts'; export default async () => word + '!';`,
  );
  await until(async () => (await answer('main')) === 'three!');
  await write(`export const word = 'four';`);
  await until(async () => (await answer('main')) === 'four!');
});

test('instances in flight end on the code that they started with, also after a restart; code that is not used goes', async () => {
  await bench.write('greet.ts', version('one'));
  let open = false;
  const gate = await bench.service('gate', () => (open ? true : undefined));
  const store = new MemoryStore();
  store.close = async () => {};
  const first = await bench.node({ watch: true, store });
  const oldHash = first.status().scripts[0]!.hash;
  const held = bench.ask('greet', { wait: true }, { requestId: 'held', timeout: 100_000 });
  held.catch(() => {});
  await until(() => gate.length === 1);
  await bench.write('greet.ts', version('two'));
  await until(async () => (await answer()) === 'two');
  expect(first.instances()).toMatchObject([{ hash: oldHash }]);
  await first.stop();

  const second = await bench.node({ store });
  await second.recovered;
  expect(await answer()).toBe('two');
  await until(() => gate.length === 2);
  expect(await store.loadCode(oldHash)).toBeDefined();
  open = true;
  expect((await bench.ask('greet', { wait: true }, { requestId: 'fresh' })).value).toBe('two');
  await second.stop();
  const third = await bench.node({ store });
  await third.recovered;
  expect((await held).value).toBe('one');
  await until(() => third.status().inFlight === 0);
  await until(async () => (await store.loadCode(oldHash)) === undefined);
});

test('the code is in the store before the first checkpoint that names it is made', async () => {
  await bench.write('greet.ts', version('one'));
  const store = new MemoryStore();
  const order: string[] = [];
  const slow = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      if (name !== 'saveCode' && name !== 'save') return method;
      return async (...args: unknown[]) => {
        if (name === 'saveCode') await new Promise((resolve) => setTimeout(resolve, 20));
        await method(...args);
        order.push(name);
      };
    },
  });
  await bench.service('gate', () => true);
  await bench.node({ store: slow });
  await Promise.all(Array.from({ length: 5 }, () => bench.ask('greet', { wait: true })));
  expect(order).toEqual(['saveCode', 'save', 'save', 'save', 'save', 'save']);
});

test('module-level state belongs to the instance', async () => {
  await bench.write(
    'counter.ts',
    `import { checkpoint } from 'waymark';
     let count = 0;
     export default async function counter() { for (let i = 0; i < 3; i++) { count++; await checkpoint(); } return count; }`,
  );
  await bench.node();
  const answers = await Promise.all(Array.from({ length: 10 }, () => bench.ask('counter')));
  expect(answers.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, () => 3));
});

test('names that are no subject, two files of one name, imports that are not there, and a throwing module are refused; the rest is served', async () => {
  await bench.write('good.ts', `export default async () => 'good';`);
  await bench.write('bad name.ts', `export default async () => 1;`);
  await bench.write('twice.js', `export default async () => 'js';`);
  await bench.write('twice.ts', `export default async () => 'ts';`);
  await bench.write('missing.ts', `import x from 'no-such-package'; export default async () => x;`);
  await bench.write('throws.ts', `const x = JSON.parse('{'); export default async () => x;`);
  const node = await bench.node();
  expect(node.status().scripts.map(({ name }) => name)).toEqual(['good', 'twice']);
  const codes = Object.fromEntries(
    node
      .status()
      .refused.map(({ file, error }) => [file.replace(/^.*\//, ''), (error as { code: string }).code]),
  );
  expect(codes).toEqual({
    'bad name.ts': 'WM7006',
    'twice.ts': 'WM7007',
    'missing.ts': 'WM7009',
    'throws.ts': 'WM7009',
  });
  expect(await answer('twice')).toBe('js');
});

test('a folder that is not there is an error at the start', async () => {
  await expect(bench.node({ scripts: join(bench.root, 'nowhere') })).rejects.toMatchObject({
    code: 'WM7012',
  });
  await expect(bench.node({ scripts: join(bench.root, 'nowhere'), watch: true })).rejects.toMatchObject({
    code: 'WM7012',
  });
});

test('two nodes on one folder share the requests of each script', async () => {
  await bench.write('greet.ts', version('hello'));
  const nodes = [await bench.node(), await bench.node()];
  await Promise.all(Array.from({ length: 40 }, () => answer()));
  expect(nodes.map((node) => node.status().statistics.completed)).toEqual([20, 20]);
  await mkdir(join(bench.scripts, 'empty'));
  await writeFile(join(bench.scripts, 'empty', 'x.ts'), 'no script');
});
