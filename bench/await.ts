/**
 * Suspends and resumes async functions: compiled ones on the runtime against the engine's own, same source text.
 *
 * Measured: wall time of whole loops in one process; native and durable alternate, 15 rounds after 3 to warm up. The ratio is
 * durable / native of the two medians; the spread is the lowest and highest ratio of one round. Below 1 is faster than native.
 * Not measured: checkpoints, operations, memory.
 *
 * Run: node bench/await.ts
 */
import { cpus } from 'node:os';
import { compileSource } from '../src/compiler/index.ts';
import type { Host, Outcome } from '../src/runtime/host.ts';
import { Instance } from '../src/runtime/instance.ts';
import { loadRealm, type Realm } from '../src/runtime/realm.ts';

const ROUNDS = 15;
const WARM_UP = 3;
const COUNT = 300_000;

/** Each is the body of a module whose default export runs a loop of `count` steps and returns a sum. */
const programs: Readonly<Record<string, string>> = {
  'await only': `
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += await i;
      return sum;
    }`,
  'call + await': `
    async function leaf(value) {
      const got = await value;
      return got + 1;
    }
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += await leaf(i);
      return sum;
    }`,
  '3 frames deep': `
    async function leaf(value) {
      const got = await value;
      return got + 1;
    }
    async function middle(value) {
      const got = await leaf(value);
      return got * 2;
    }
    async function outer(value) {
      const got = await middle(value);
      return got - 1;
    }
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += await outer(i);
      return sum;
    }`,
  'await a later promise': `
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        let resolve;
        const later = new Promise((go) => { resolve = go; });
        Promise.resolve().then(() => resolve(i));
        sum += await later;
      }
      return sum;
    }`,
  'Promise.all of 3 calls': `
    async function leaf(value) {
      const got = await value;
      return got + 1;
    }
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const [a, b, c] = await Promise.all([leaf(i), leaf(i), leaf(i)]);
        sum += a + b + c;
      }
      return sum;
    }`,
};

type Main = (count: number) => Promise<number>;

const realms = new Map<string, Realm>();

async function runDurably(name: string, text: string): Promise<number> {
  let realm = realms.get(name);
  if (realm === undefined) {
    realm = loadRealm(compileSource(text, `/bench/${name}.ts`), new Map());
    realms.set(name, realm);
  }
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const host: Host = {
    now: () => 0,
    arm: () => undefined,
    disarm: () => undefined,
    save: () => Promise.resolve(),
    ended: (_instance, outcome) => resolve(outcome),
  };
  new Instance({ id: 'bench', script: name, realm, host, createdAt: 0 }).start(COUNT);
  const outcome = await promise;
  if (outcome.status === 'failed') throw outcome.error;
  return outcome.value as number;
}

const natives = new Map<string, Main>();

async function runNatively(name: string, text: string): Promise<number> {
  let main = natives.get(name);
  if (main === undefined) {
    const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
    main = ((await import(url)) as { default: Main }).default;
    natives.set(name, main);
  }
  return main(COUNT);
}

async function time(run: () => Promise<number>): Promise<{ ms: number; value: number }> {
  const from = performance.now();
  const value = await run();
  return { ms: performance.now() - from, value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log('| program | native | durable | ratio | spread |');
console.log('|---|--:|--:|--:|--:|');
for (const [name, text] of Object.entries(programs)) {
  const native: number[] = [];
  const durable: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const one = await time(() => runNatively(name, text));
    const two = await time(() => runDurably(name, text));
    if (one.value !== two.value) throw new Error(`${name}: ${one.value} natively, ${two.value} durably`);
    if (round < 0) continue;
    native.push(one.ms);
    durable.push(two.ms);
  }
  const ratios = native.map((ms, index) => durable[index]! / ms);
  const each = (ms: number): string => `${((ms / COUNT) * 1e6).toFixed(0)} ns`;
  console.log(
    `| ${name} | ${each(median(native))} | ${each(median(durable))} | ${(median(durable) / median(native)).toFixed(2)} | ` +
      `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} |`,
  );
}
