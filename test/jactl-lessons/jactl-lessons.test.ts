/**
 * A dozen defects of the system that gave Waymark the idea of captured continuations, each with a test that Waymark
 * does not have it. The numbers are those of the study of that system.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { OneNode } from './one-node.ts';

let log: string[] = [];
const nodes: OneNode[] = [];

function makeNode(globals: Record<string, unknown> = {}, store = new MemoryStore()): OneNode {
  log = [];
  const node = new OneNode(store, log, globals);
  nodes.push(node);
  return node;
}

/** The same store after a restart of the process. */
function restart(node: OneNode, globals: Record<string, unknown> = {}): OneNode {
  node.kill();
  const next = new OneNode(node.store, log, globals);
  nodes.push(next);
  return next;
}

afterEach(() => {
  for (const node of nodes.splice(0)) node.kill();
});

/** Never settles: what a script awaits while it is "killed". */
const forever = { hang: (): Promise<never> => new Promise(() => undefined) };

/** The last checkpoint of the first instance. */
async function lastCheckpoint(node: OneNode, id = 'instance-1'): Promise<Uint8Array> {
  const stored = await node.store.load(id);
  expect(stored?.snapshot).toBeInstanceOf(Uint8Array);
  return stored!.snapshot!;
}

async function untilLogged(text: string): Promise<void> {
  for (let turn = 0; turn < 10_000 && !log.includes(text); turn++)
    await new Promise((go) => setImmediate(go));
  expect(log).toContain(text);
}

const SCRIPT_HEAD = "import { checkpoint, self } from 'waymark';\n";

describe('1: commit runs after the checkpoint is durable, and it is documented so', () => {
  test('live: before, durable, commit, after', async () => {
    const node = makeNode();
    const { outcome } = await node.start(`${SCRIPT_HEAD}
      export default async function () {
        log('before');
        log(await checkpoint({ commit: () => 'commit', recover: () => 'recover' }));
        log('after');
      }`);
    expect(await outcome).toMatchObject({ status: 'completed' });
    expect(log).toEqual(['before', 'durable 1', 'commit', 'after']);
  });

  test('restored: recover instead of commit, nothing before it again', async () => {
    const node = makeNode(forever);
    await node.start(`${SCRIPT_HEAD}
      export default async function () {
        log('before');
        log(await checkpoint({ commit: () => 'commit', recover: () => 'recover' }));
        if (!self.recovered) await hang();
        return 'done';
      }`);
    await untilLogged('commit');
    const { outcome } = await restart(node, forever).restore('instance-1');
    expect(await outcome).toEqual({ status: 'completed', value: 'done' });
    expect(log).toEqual(['before', 'durable 1', 'commit', 'recover']);
  });
});

describe('2: an error after a checkpoint does not throw acknowledged work away', () => {
  test.each([
    ['an uncaught error', "throw new Error('after');", 'restored'],
    [
      'a throwing commit',
      "await checkpoint({ commit: () => { throw new Error('commit'); }, recover: () => { log('recovered'); } }); return 'from the second';",
      'from the second',
    ],
    [
      'an unserialisable local',
      'const held = new SharedArrayBuffer(8); await checkpoint(); log(held.byteLength);',
      'restored',
    ],
    ['a failing second save', 'refuse(); await checkpoint();', 'restored'],
  ])('%s: failed, and the last checkpoint is kept and can be resumed', async (_what, statement, result) => {
    let refusing = false;
    const node = makeNode({ refuse: () => void (refusing = true) });
    node.beforeSave = () => {
      if (refusing) throw new Error('disk full');
    };
    const { outcome } = await node.start(`${SCRIPT_HEAD}
      export default async function () {
        const how = await checkpoint({ commit: () => 'live', recover: () => 'restored' });
        if (how === 'restored') return how;
        ${statement}
      }`);
    expect(await outcome).toMatchObject({ status: 'failed' });
    expect(await node.store.load('instance-1')).toMatchObject({ status: 'failed' });
    expect(await node.store.retry('instance-1', Date.now())).toBe(true);
    const again = await restart(node, { refuse: () => undefined }).restore('instance-1');
    expect(await again.outcome).toEqual({ status: 'completed', value: result });
  });
});

test('3: a script can catch a failing checkpoint and go on', async () => {
  const node = makeNode();
  node.beforeSave = (sequence) => {
    if (sequence === 1 && !log.includes('caught CheckpointError')) throw new Error('disk full');
  };
  const { outcome } = await node.start(`${SCRIPT_HEAD}
    export default async function () {
      try {
        await checkpoint({ commit: () => log('never') });
      } catch (error) {
        log('caught ' + error.name);
      } finally {
        log('finally');
      }
      return await checkpoint({ commit: () => 'second try' });
    }`);
  expect(await outcome).toEqual({ status: 'completed', value: 'second try' });
  // The number of the checkpoint that failed is not used again.
  expect(log).toEqual(['caught CheckpointError', 'finally', 'durable 2']);
});

test('4: a state that cannot be saved does not poison the next checkpoint of the process', async () => {
  const node = makeNode(forever);
  const bad = await node.start(`${SCRIPT_HEAD}
    export default async function () {
      const shared = { list: [1, 2, 3] };
      const held = [shared, new SharedArrayBuffer(8), shared];
      await checkpoint();
      return held;
    }`);
  expect(await bad.outcome).toMatchObject({ status: 'failed' });
  await node.start(`${SCRIPT_HEAD}
    export default async function () {
      const shared = { list: [1, 2, 3] };
      const held = [shared, new Map([[shared, 'x']]), shared];
      await checkpoint({ commit: () => log('committed') });
      if (!self.recovered) await hang();
      return [held[0] === held[2], held[1].get(held[0]), held[0].list];
    }`);
  await untilLogged('committed');
  const { outcome } = await restart(node, forever).restore('instance-2');
  expect(await outcome).toEqual({ status: 'completed', value: [true, 'x', [1, 2, 3]] });
});

test('5: the source is not in the checkpoint: 50 KB of comments do not make it larger', async () => {
  const source = (comment: string): string => `${SCRIPT_HEAD}${comment}
    export default async function () {
      const order = { id: 17, lines: ['a', 'b'] };
      await checkpoint({ commit: () => log('committed') });
      await hang();
      return order;
    }`;
  const sizeWith = async (comment: string): Promise<number> => {
    const node = makeNode(forever);
    await node.start(source(comment));
    await untilLogged('committed');
    return (await lastCheckpoint(node)).length;
  };
  const short = await sizeWith('');
  expect(await sizeWith(`/* ${'x'.repeat(50_000)} */`)).toBe(short);
  expect(short).toBeLessThan(300);
});

const VERSION_1 = `${SCRIPT_HEAD}
  class Payment { amount; fee; constructor(amount, fee) { this.amount = amount; this.fee = fee; } }
  export default async function () {
    const payment = new Payment(100, 5);
    await checkpoint({ commit: () => log('committed') });
    if (!self.recovered) await hang();
    return [payment.amount, payment.fee, payment.tip];
  }`;
const VERSION_2 = VERSION_1.replace('amount; fee;', 'fee; amount; tip = 6;').replace(
  '[payment.amount',
  '["v2", payment.amount',
);

test('6: a changed script: the instance in flight ends on the code that it started with', async () => {
  const node = makeNode(forever);
  await node.start(VERSION_1);
  await untilLogged('committed');
  const next = restart(node, forever);
  await next.load(next.compile(VERSION_2));
  const { outcome } = await next.restore('instance-1');
  expect(await outcome).toEqual({ status: 'completed', value: [100, 5, undefined] });
});

test('7: a checkpoint is never decoded with the classes of other code', async () => {
  const node = makeNode(forever);
  await node.start(VERSION_1);
  await untilLogged('committed');
  const snapshot = await lastCheckpoint(node);
  const next = restart(node, forever);
  const realm = await next.load(next.compile(VERSION_2));
  expect(() => next.restoreFrom(snapshot, realm)).toThrow(expect.objectContaining({ code: 'WM4006' }));
});

test('8: every single-bit flip of a checkpoint is an error, none a wrong result', async () => {
  const node = makeNode(forever);
  await node.start(VERSION_1);
  await untilLogged('committed');
  const snapshot = await lastCheckpoint(node);
  const next = restart(node, forever);
  const realm = await next.load(next.compile(VERSION_1));
  for (let bit = 0; bit < snapshot.length * 8; bit++) {
    const damaged = snapshot.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => next.restoreFrom(damaged, realm), `bit ${bit}`).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^WM4\d{3}$/) }),
    );
  }
});

test('9: an instance that has ended has no checkpoint left and does not run again', async () => {
  const node = makeNode();
  const { outcome } = await node.start(`${SCRIPT_HEAD}
    export default async function () {
      for (let n = 0; n < 3; n++) await checkpoint();
      return 'finished';
    }`);
  expect(await outcome).toEqual({ status: 'completed', value: 'finished' });
  const left: string[] = [];
  for await (const page of restart(node).store.unfinished()) left.push(...page.map(({ id }) => id));
  expect(left).toEqual([]);
  expect((await node.store.load('instance-1'))?.snapshot).toBeUndefined();
});

test('10: a Map whose object keys are declared before it finds them after a restore', async () => {
  const node = makeNode(forever);
  await node.start(`${SCRIPT_HEAD}
    export default async function () {
      const map = new Map();
      const list = ['key'];
      const object = { key: true };
      map.set(list, 'by list').set(object, 'by object').set(map, 'by itself');
      await checkpoint({ commit: () => log('committed') });
      if (!self.recovered) await hang();
      return [map.get(list), map.get(object), map.get(map), [...map.keys()].indexOf(object)];
    }`);
  await untilLogged('committed');
  const { outcome } = await restart(node, forever).restore('instance-1');
  expect(await outcome).toEqual({ status: 'completed', value: ['by list', 'by object', 'by itself', 1] });
});

describe('11: size and depth of the state', () => {
  test('a list nested 100,000 deep is saved and restored', async () => {
    const node = makeNode(forever);
    await node.start(`${SCRIPT_HEAD}
      export default async function () {
        let nested = [];
        for (let n = 0; n < 100_000; n++) nested = [nested];
        await checkpoint({ commit: () => log('committed') });
        if (!self.recovered) await hang();
        let depth = 0;
        for (let at = nested; at.length > 0; at = at[0]) depth++;
        return depth;
      }`);
    await untilLogged('committed');
    const { outcome } = await restart(node, forever).restore('instance-1');
    expect(await outcome).toEqual({ status: 'completed', value: 100_000 });
  });

  test('strings of three-byte characters, 4,000 to 8,950 of them', async () => {
    const node = makeNode(forever);
    await node.start(`${SCRIPT_HEAD}
      export default async function () {
        const texts = Array.from({ length: 100 }, (_, n) => '\\u6f22'.repeat(4000 + n * 50));
        await checkpoint({ commit: () => log('committed') });
        if (!self.recovered) await hang();
        return texts.every((text, n) => text === '\\u6f22'.repeat(4000 + n * 50));
      }`);
    await untilLogged('committed');
    const { outcome } = await restart(node, forever).restore('instance-1');
    expect(await outcome).toEqual({ status: 'completed', value: true });
  });
});

describe('12: checkpoints in a loop, optional closures, doubled signals', () => {
  test('a loop of 10,000 checkpoints does not grow the stack', async () => {
    const node = makeNode();
    const { outcome } = await node.start(`${SCRIPT_HEAD}
      export default async function () {
        let sum = 0;
        for (let n = 0; n < 10_000; n++) sum += await checkpoint({ commit: () => 1 });
        return [sum, self.checkpoint];
      }`);
    expect(await outcome).toEqual({ status: 'completed', value: [10_000, 10_000] });
  });

  test('commit and recover are optional, each by itself and both', async () => {
    const node = makeNode();
    const { outcome } = await node.start(`${SCRIPT_HEAD}
      export default async function () {
        return [
          await checkpoint() === undefined,
          await checkpoint({}) === undefined,
          await checkpoint({ recover: () => 1 }) === undefined,
          await checkpoint({ commit: () => 2 }),
        ];
      }`);
    expect(await outcome).toEqual({ status: 'completed', value: [true, true, true, 2] });
  });

  test('an operation that is settled twice goes on once', async () => {
    const node = makeNode();
    const { instance, outcome } = await node.start(`import { sleep } from 'waymark';
      export default async function () {
        await sleep(0);
        log('paid');
        return 'ok';
      }`);
    const operation = Number(log[0]?.split(':')[1]);
    instance.settle(operation, { ok: true, value: undefined });
    instance.settle(operation, { ok: true, value: undefined });
    expect(await outcome).toEqual({ status: 'completed', value: 'ok' });
    expect(log.filter((line) => line === 'paid')).toHaveLength(1);
  });

  test('a repeated operation keeps its number, so that its receiver can drop it', async () => {
    const node = makeNode();
    const script = `import { checkpoint, publish } from 'waymark';
      export default async function () {
        await checkpoint();
        await publish('ledger', { amount: 1 });
        throw new Error('stop here');
      }`;
    const first = await node.start(script);
    expect(await first.outcome).toMatchObject({ status: 'failed' });
    const second = await restart(node).restore('instance-1');
    expect(await second.outcome).toMatchObject({ status: 'failed' });
    const published = log.filter((line) => line.startsWith('publish'));
    expect(published).toHaveLength(2);
    expect(published[0]).toBe(published[1]);
  });
});
