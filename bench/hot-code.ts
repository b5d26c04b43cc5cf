/**
 * Code that computes inside async functions: compiled for the runtime against the engine's own, same source text.
 *
 * Measured: wall time of whole runs in one process; native and durable alternate, 11 rounds after 3 to warm up. The ratio is
 * durable / native of the two medians; the spread is the lowest and highest ratio of one round. Below 1 is faster than native. Both give
 * the same result, or the bench fails.
 * Not measured: checkpoints, operations, memory, the first run (see bench/compiler.ts for loading).
 *
 * Run: node bench/hot-code.ts
 */
import { cpus } from 'node:os';
import { compileSource } from '../src/compiler/index.ts';
import type { Host, Outcome } from '../src/runtime/host.ts';
import { Instance } from '../src/runtime/instance.ts';
import { loadRealm, type Realm } from '../src/runtime/realm.ts';

const ROUNDS = 11;
const WARM_UP = 3;

interface Program {
  readonly name: string;
  /** What it must stay under. */
  readonly reach: number;
  readonly text: string;
}

const programs: readonly Program[] = [
  {
    name: 'numbers, no await in the loop',
    reach: 1.05,
    text: `
    export default async function main() {
      await null;
      let sum = 0;
      for (let i = 0; i < 20_000_000; i++) { sum = (sum * 31 + i) | 0; if ((sum & 1023) === 0) sum ^= i; }
      await null;
      return sum;
    }`,
  },
  {
    name: 'objects and arrays, no await in the loop',
    reach: 1.05,
    text: `
    export default async function main() {
      const points = [];
      await null;
      for (let i = 0; i < 1_000_000; i++) points.push({ x: i % 97, y: i % 89 });
      let sum = 0;
      for (const { x, y } of points) sum += x * y;
      for (let i = 0; i < points.length; i++) sum += points[i].x - points[i].y;
      await null;
      return sum;
    }`,
  },
  {
    name: 'closures and captured variables, no await in the loop',
    reach: 1.05,
    text: `
    export default async function main() {
      let total = 0;
      const add = (value) => { total += value; };
      await null;
      for (let i = 0; i < 10_000_000; i++) add(i & 7);
      const list = Array.from({ length: 200_000 }, (_, i) => i);
      for (let round = 0; round < 10; round++) total += list.filter((n) => n % 3 === 0).map((n) => n * 2).reduce((a, b) => a + b, 0);
      await null;
      return total;
    }`,
  },
  {
    name: 'strings, a map and try, no await in the loop',
    reach: 1.05,
    text: `
    export default async function main() {
      const counts = new Map();
      await null;
      for (let i = 0; i < 1_000_000; i++) {
        const key = 'k' + (i % 1000);
        try { if (i % 10_000 === 0) throw new RangeError(key); counts.set(key, (counts.get(key) ?? 0) + 1); }
        catch (error) { counts.set(error.message, 0); }
      }
      let sum = 0;
      for (const [key, count] of counts) sum += key.length * count;
      await null;
      return sum;
    }`,
  },
  {
    name: 'synchronous functions of the module',
    reach: 1.05,
    text: `
    function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
    class Counter { #n = 0; add(n) { this.#n += n; return this; } get value() { return this.#n; } }
    export default async function main() {
      await null;
      const counter = new Counter();
      for (let i = 0; i < 5_000_000; i++) counter.add(i & 3);
      return fibonacci(30) + counter.value;
    }`,
  },
  {
    name: 'an await in each of 2,000 outer rounds',
    reach: 1.5,
    text: `
    export default async function main() {
      let sum = 0;
      for (let round = 0; round < 2_000; round++) {
        for (let i = 0; i < 10_000; i++) sum = (sum * 31 + i) | 0;
        await null;
      }
      return sum;
    }`,
  },
  {
    name: 'an await in every round, eight live variables',
    reach: 1.5,
    text: `
    export default async function main() {
      let a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6;
      for (let i = 0; i < 500_000; i++) {
        a = (a + b) | 0; b = (b ^ c) | 0; c = (c + d) | 0; d = (d ^ e) | 0; e = (e + f) | 0; f = (f ^ g) | 0; g = (g + a) | 0;
        g = (g + (await i)) | 0;
      }
      return a + b + c + d + e + f + g;
    }`,
  },
  {
    name: 'for-of over an array with an await and a try in every round',
    reach: 1.5,
    text: `
    export default async function main() {
      const list = Array.from({ length: 300_000 }, (_, i) => i);
      let sum = 0;
      for (const n of list) {
        try { sum += await n; if (n % 1000 === 0) throw new Error('x'); }
        catch { sum -= 1; }
        finally { sum |= 0; }
      }
      return sum;
    }`,
  },
  {
    name: 'a sync generator, 1,000,000 yields, next() and for-of',
    reach: 2,
    text: `
    function* fibonacci(count) { let a = 0, b = 1; for (let i = 0; i < count; i++) { yield a; [a, b] = [b, (a + b) | 0]; } }
    export default async function main() {
      let sum = 0;
      const it = fibonacci(500_000);
      for (let step = it.next(); !step.done; step = it.next()) sum = (sum + step.value) | 0;
      for (const n of fibonacci(500_000)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: '200,000 short generators',
    reach: 2,
    text: `
    function* three(n) { yield n; yield n + 1; yield n + 2; }
    export default async function main() {
      let sum = 0;
      for (let i = 0; i < 200_000; i++) for (const n of three(i)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'an async generator, 200,000 yields, for await',
    reach: 2,
    text: `
    async function* count(n) { for (let i = 0; i < n; i++) yield i; }
    export default async function main() {
      let sum = 0;
      for await (const n of count(200_000)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'an await in every tenth round',
    reach: 1.5,
    text: `
    export default async function main() {
      let sum = 0;
      for (let i = 0; i < 2_000_000; i++) {
        sum = (sum * 31 + i) | 0;
        if (i % 10 === 0) sum ^= await i;
      }
      return sum;
    }`,
  },
];

function runDurably(name: string, realm: Realm): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const host: Host = {
      now: () => 0,
      arm: () => undefined,
      disarm: () => undefined,
      save: () => Promise.resolve(),
      ended: (_instance, outcome: Outcome) =>
        outcome.status === 'completed' ? resolve(outcome.value) : reject(outcome.error as Error),
    };
    new Instance({ id: 'bench', script: name, realm, host, createdAt: 0 }).start(undefined);
  });
}

async function time(run: () => Promise<unknown>): Promise<{ ms: number; value: unknown }> {
  const from = performance.now();
  const value = await run();
  return { ms: performance.now() - from, value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log('| program | native ms | durable ms | ratio | spread | to stay under |');
console.log('|---|--:|--:|--:|--:|--:|');
for (const { name, reach, text } of programs) {
  const realm = loadRealm(compileSource(text, '/bench/hot-code.ts'), new Map());
  const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const { default: main } = (await import(url)) as { default: () => Promise<unknown> };
  const native: number[] = [];
  const durable: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const one = await time(() => main());
    const two = await time(() => runDurably(name, realm));
    if (!Object.is(one.value, two.value))
      throw new Error(`${name}: ${String(one.value)} natively, ${String(two.value)} durably`);
    if (round < 0) continue;
    native.push(one.ms);
    durable.push(two.ms);
  }
  const ratios = native.map((ms, index) => durable[index]! / ms);
  const ratio = median(durable) / median(native);
  console.log(
    `| ${name} | ${median(native).toFixed(1)} | ${median(durable).toFixed(1)} | ${ratio.toFixed(2)} | ` +
      `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} | ${reach} |`,
  );
}
