/** Instances in flight are moved to newer code of their scripts, while the node runs them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compile, recompile } from '../../src/compiler/index.ts';
import type { WaymarkNode } from '../../src/node/node.ts';
import { CodeLibrary } from '../../src/node/code-library.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { Bench, until } from './node-under-test.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const PAY = (rate: number, more = ''): string => `
import { call, checkpoint, self } from 'waymark';
export default async function pay({ amount }: { amount: number }) {
  const steps = ['v${rate}'];
  await checkpoint({ recover: () => steps.push('recovered') });
  ${more}
  await call('gate', amount, { timeout: '1h' });
  return { steps, total: amount * ${rate}, recovered: self.recovered };
}`;

/** A service that answers nobody until it is opened. */
async function gate(): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await bench.service('gate', async () => {
    await promise;
    return 'open';
  });
  return resolve;
}

async function startTwo(node: WaymarkNode, store: MemoryStore): Promise<Promise<unknown>[]> {
  const answers = [1, 2].map(
    async (amount) => (await bench.ask('pay', { amount }, { requestId: `r${amount}` })).value,
  );
  await until(async () => (await store.list()).filter(({ sequence }) => sequence === 1).length === 2);
  await until(() => node.instances().every(({ checkpoint }) => checkpoint === 1));
  return answers;
}

const hash = async (file: string): Promise<string> => (await compile(file)).hash;
const nextVersion = async (node: WaymarkNode, file: string): Promise<void> => {
  const wanted = await hash(file);
  await until(() => node.status().scripts.some((script) => script.hash === wanted));
};

test('a dry run changes nothing; a move lets them go on from their checkpoint in the new code; old code goes', async () => {
  const file = await bench.write('pay.ts', PAY(1));
  const store = new MemoryStore();
  const node = await bench.node({ store, watch: true });
  const open = await gate();
  const answers = await startTwo(node, store);
  const old = await hash(file);
  await bench.write('pay.ts', PAY(10));
  await nextVersion(node, file);
  const to = await hash(file);

  const dry = await node.move({ dryRun: true });
  expect(dry).toEqual(
    [1, 2].map(() =>
      expect.objectContaining({ script: 'pay', from: old, to, status: 'movable', refusals: [], dropped: [] }),
    ),
  );
  expect((await store.list()).map(({ codeHash }) => codeHash)).toEqual([old, old]);

  const [first] = await node.move({ ids: [dry[0]!.id] });
  expect(first).toMatchObject({ id: dry[0]!.id, status: 'moved' });
  expect(
    node
      .instances()
      .map((live) => live.hash)
      .toSorted(),
  ).toEqual([old, to].toSorted());
  expect(await store.usedCode()).toEqual([old, to].toSorted());
  open();
  expect(await Promise.all(answers)).toEqual([
    { steps: ['v1', 'recovered'], total: 10, recovered: true },
    { steps: ['v1'], total: 2, recovered: false },
  ]);
  // The last instance of the first version has ended.
  await until(async () => (await store.loadCode(old)) === undefined);
  expect(await store.loadCode(to)).toBeDefined();
  expect(bench.problems()).toEqual([]);
});

test('what does not fit is refused with its place and goes on in its own code', async () => {
  const file = await bench.write('pay.ts', PAY(1));
  const store = new MemoryStore();
  const node = await bench.node({ store, watch: true });
  const open = await gate();
  const answers = await startTwo(node, store);
  await bench.write('pay.ts', PAY(10).replace("recover: () => steps.push('recovered')", ''));
  await nextVersion(node, file);
  const results = await node.move({ script: 'pay' });
  expect(results.map(({ status }) => status)).toEqual(['refused', 'refused']);
  expect(results[0]!.refusals).toContainEqual({
    what: 'pay()',
    place: 'pay.ts:5',
    reason: 'the new code has no such suspension point: the expression or what is around it has changed',
  });
  open();
  expect(await Promise.all(answers)).toEqual(
    [1, 2].map((amount) => ({ steps: ['v1'], total: amount, recovered: false })),
  );
});

test('a failed instance is moved to the corrected code and retried there', async () => {
  const file = await bench.write('pay.ts', PAY(1, `if (amount) throw new Error('a defect');`));
  const store = new MemoryStore();
  const node = await bench.node({ store, watch: true });
  (await gate())();
  expect((await bench.ask('pay', { amount: 4 }, { requestId: 'f' })).error).toBe('WM7001');
  await bench.write('pay.ts', PAY(3));
  await nextVersion(node, file);
  const [result] = await node.move();
  expect(result).toMatchObject({ status: 'moved' });
  expect(await store.load(result!.id)).toMatchObject({ status: 'failed', codeHash: await hash(file) });
  expect(await node.retry(result!.id)).toBe(true);
  const again = await bench.ask('pay', { amount: 4 }, { requestId: 'f', repeat: true });
  expect(again.value).toEqual({ steps: ['v1', 'recovered'], total: 12, recovered: true });
});

test('the code of a failed instance is kept until it is purged', async () => {
  const file = await bench.write('pay.ts', PAY(1, `if (amount) throw new Error('a defect');`));
  const store = new MemoryStore();
  const node = await bench.node({ store, watch: true });
  expect((await bench.ask('pay', { amount: 4 }, { requestId: 'f' })).error).toBe('WM7001');
  const old = await hash(file);
  await bench.write('pay.ts', PAY(3));
  await nextVersion(node, file);
  const [failed] = await store.list({ status: 'failed' });
  expect(await store.loadCode(old)).toBeDefined();
  expect(await node.purge(failed!.id)).toBe(true);
  await until(async () => (await store.loadCode(old)) === undefined);
});

test('bundles of compilers that did not describe their functions are described from their sources, or refused', async () => {
  const file = await bench.write('pay.ts', PAY(1));
  const plain = async (path: string) => {
    const bundle = await compile(path);
    if (!/amount\*1\b/.test(bundle.code)) return bundle;
    const functions = bundle.functions.map(({ name, kind, source, start, end, cells, points }) => ({
      name,
      kind,
      source,
      start,
      end,
      cells,
      points: points.map(({ line, column, slots }) => ({ line, column, slots })),
    }));
    const { abi, name, code, map, sources, imports, globals, state } = bundle;
    return {
      abi,
      name,
      code,
      map,
      sources,
      imports,
      globals,
      state,
      functions,
      hash: bundle.hash.replace(/^.{8}/, '00000000'),
    };
  };
  const store = new MemoryStore();
  store.close = async () => {};
  const node = await bench.node({
    store,
    watch: true,
    compile: plain,
    recompile: async (bundle) => recompile(bundle),
  });
  await gate();
  void (await startTwo(node, store)).map((answer) => answer.catch(() => {}));
  await bench.write('pay.ts', PAY(10));
  await nextVersion(node, file);
  expect((await node.move({ dryRun: true })).map(({ status }) => status)).toEqual(['movable', 'movable']);
  await node.stop(0);

  const blind = await bench.node({ store, compile: plain });
  await blind.recovered;
  const [refused] = await blind.move({ dryRun: true });
  expect(refused).toMatchObject({ status: 'refused' });
  expect(refused!.refusals.map(({ reason }) => reason)).toContain(
    'its code was compiled without what is needed to compare versions',
  );
});

test('the evaluated code of a hash that nobody uses is let go of', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const file = await bench.write('pay.ts', PAY(1));
  const library = new CodeLibrary({
    store: new MemoryStore(),
    parentUrl: import.meta.url,
    reportError: () => {},
  });
  const load = async (): Promise<WeakRef<object>> => {
    const code = await library.take(await compile(file));
    const realm = new WeakRef(code.realm());
    library.release(code);
    return realm;
  };
  const realm = await load();
  await until(() => {
    collect();
    return realm.deref() === undefined;
  });
  expect(library.hashes).toEqual([]);
});
