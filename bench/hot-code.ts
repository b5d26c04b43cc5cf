/**
 * Code that computes inside async functions and generators: compiled for the runtime against the engine's own, same source text.
 *
 * Measured as side-by-side.ts says. A ratio below 1 is faster than native.
 * Not measured: checkpoints, operations, memory, the first run (see bench/compiler.ts for loading).
 *
 * Run: node bench/hot-code.ts [--only TEXT] [--rounds N] [--processes N] [--against DIR]
 */
import { compare, type Program } from './side-by-side.ts';

/** Code without suspensions is kept as written. */
const SAME = 1.05;
const SUSPENDING = 1.5;

const programs: readonly Program[] = [
  {
    name: 'numbers, no await in the loop',
    count: 4_000_000,
    reach: SAME,
    text: `
    export default async function main(count) {
      await null;
      let sum = 0;
      for (let i = 0; i < count; i++) { sum = (sum * 31 + i) | 0; if ((sum & 1023) === 0) sum ^= i; }
      await null;
      return sum;
    }`,
  },
  {
    name: 'objects and arrays, no await in the loop',
    count: 400_000,
    reach: SAME,
    text: `
    export default async function main(count) {
      const points = [];
      await null;
      for (let i = 0; i < count; i++) points.push({ x: i % 97, y: i % 89 });
      let sum = 0;
      for (const { x, y } of points) sum += x * y;
      for (let i = 0; i < points.length; i++) sum += points[i].x - points[i].y;
      await null;
      return sum;
    }`,
  },
  {
    name: 'closures and captured variables, no await in the loop',
    count: 4_000_000,
    reach: SAME,
    text: `
    export default async function main(count) {
      let total = 0;
      const add = (value) => { total += value; };
      await null;
      for (let i = 0; i < count; i++) add(i & 7);
      const list = Array.from({ length: 100_000 }, (_, i) => i);
      for (let round = 0; round < 5; round++) total += list.filter((n) => n % 3 === 0).map((n) => n * 2).reduce((a, b) => a + b, 0);
      await null;
      return total;
    }`,
  },
  {
    name: 'an object of closures with private state, no await in the loop',
    count: 2_000_000,
    reach: SAME,
    text: `
    function counter(step) {
      let n = 0;
      return { up: () => { n += step; return n; }, add: (more) => { n = (n + more) | 0; }, get: () => n };
    }
    export default async function main(count) {
      const one = counter(1), two = counter(2);
      await null;
      for (let i = 0; i < count; i++) { one.up(); two.add(one.get() & 7); }
      await null;
      return one.get() + two.get();
    }`,
  },
  {
    name: 'strings, a map and try, no await in the loop',
    count: 400_000,
    reach: SAME,
    text: `
    export default async function main(count) {
      const counts = new Map();
      await null;
      for (let i = 0; i < count; i++) {
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
    count: 2_000_000,
    reach: SAME,
    text: `
    function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
    class Counter { #n = 0; add(n) { this.#n += n; return this; } get value() { return this.#n; } }
    export default async function main(count) {
      await null;
      const counter = new Counter();
      for (let i = 0; i < count; i++) counter.add(i & 3);
      return fibonacci(27) + counter.value;
    }`,
  },
  {
    name: 'an await in each outer round of 10,000 inner ones',
    count: 4_000_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let sum = 0;
      for (let round = 0; round < count / 10_000; round++) {
        for (let i = 0; i < 10_000; i++) sum = (sum * 31 + i) | 0;
        await null;
      }
      return sum;
    }`,
  },
  {
    name: 'an await in every round, eight live variables',
    count: 300_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6;
      for (let i = 0; i < count; i++) {
        a = (a + b) | 0; b = (b ^ c) | 0; c = (c + d) | 0; d = (d ^ e) | 0; e = (e + f) | 0; f = (f ^ g) | 0; g = (g + a) | 0;
        g = (g + (await i)) | 0;
      }
      return a + b + c + d + e + f + g;
    }`,
  },
  {
    name: 'for-of over an array with an await and a try in every round',
    count: 150_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      const list = Array.from({ length: count }, (_, i) => i);
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
    name: 'an await in every tenth round',
    count: 1_000_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        sum = (sum * 31 + i) | 0;
        if (i % 10 === 0) sum ^= await i;
      }
      return sum;
    }`,
  },
  {
    name: 'an async closure called and awaited in every round',
    count: 150_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let total = 0;
      const add = async (value) => { total += await value; return total; };
      let last = 0;
      for (let i = 0; i < count; i++) last = await add(i & 7);
      return total + last;
    }`,
  },
  {
    name: 'a sync generator, next() and for-of',
    count: 600_000,
    reach: SUSPENDING,
    text: `
    function* fibonacci(count) { let a = 0, b = 1; for (let i = 0; i < count; i++) { yield a; [a, b] = [b, (a + b) | 0]; } }
    export default async function main(count) {
      let sum = 0;
      const it = fibonacci(count / 2);
      for (let step = it.next(); !step.done; step = it.next()) sum = (sum + step.value) | 0;
      for (const n of fibonacci(count / 2)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'short generators, three yields each',
    count: 150_000,
    reach: SUSPENDING,
    text: `
    function* three(n) { yield n; yield n + 1; yield n + 2; }
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) for (const n of three(i)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'closures of generators made in a loop, three yields each',
    count: 20_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const three = function* () { yield i; yield i + 1; yield i + 2; };
        for (const n of three()) sum = (sum + n) | 0;
      }
      return sum;
    }`,
  },
  {
    name: 'one closure of a generator called in a loop, three yields each',
    count: 100_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      let sum = 0;
      const three = function* (i) { yield i; yield i + 1; sum |= 0; yield i + 2; };
      for (let i = 0; i < count; i++) for (const n of three(i)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'recursive yield* through a tree 12 deep',
    count: 8_190,
    reach: SUSPENDING,
    text: `
    function* walk(depth) { if (depth === 0) return; yield* walk(depth - 1); yield depth; yield* walk(depth - 1); }
    export default async function main(count) {
      let sum = 0;
      for (let round = 0; round < 2; round++) for (const depth of walk(Math.log2(count / 2 + 1))) sum = (sum * 3 + depth) | 0;
      return sum;
    }`,
  },
  {
    name: 'an async generator, for await',
    count: 80_000,
    reach: SUSPENDING,
    text: `
    async function* upTo(n) { for (let i = 0; i < n; i++) yield i; }
    export default async function main(count) {
      let sum = 0;
      for await (const n of upTo(count)) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'an async generator with an await in every round, next()',
    count: 60_000,
    reach: SUSPENDING,
    text: `
    async function* upTo(n) { for (let i = 0; i < n; i++) yield (await i) + 1; }
    export default async function main(count) {
      let sum = 0;
      const it = upTo(count);
      for (let step = await it.next(); !step.done; step = await it.next()) sum = (sum + step.value) | 0;
      return sum;
    }`,
  },
  {
    name: 'for await over an array of numbers',
    count: 80_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      const list = Array.from({ length: count }, (_, i) => i);
      let sum = 0;
      for await (const n of list) sum = (sum + n) | 0;
      return sum;
    }`,
  },
  {
    name: 'for await over an array of promises',
    count: 80_000,
    reach: SUSPENDING,
    text: `
    export default async function main(count) {
      const list = Array.from({ length: count }, (_, i) => Promise.resolve(i));
      let sum = 0;
      for await (const n of list) sum = (sum + n) | 0;
      return sum;
    }`,
  },
];

await compare(programs);
