/**
 * Suspends and resumes async functions: compiled ones on the runtime against the engine's own, same source text.
 *
 * Measured as side-by-side.ts says. A ratio below 1 is faster than native.
 * Not measured: checkpoints, operations, memory.
 *
 * Run: node bench/await.ts [--only TEXT] [--rounds N] [--processes N] [--against DIR]
 */
import { compare, type Program } from './side-by-side.ts';

const programs: readonly Program[] = [
  {
    name: 'await only',
    count: 400_000,
    reach: 1,
    text: `
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += await i;
      return sum;
    }`,
  },
  {
    name: 'call + await',
    count: 200_000,
    reach: 1,
    text: `
    async function leaf(value) {
      const got = await value;
      return got + 1;
    }
    export default async function main(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += await leaf(i);
      return sum;
    }`,
  },
  {
    name: '3 frames deep',
    count: 100_000,
    reach: 1,
    text: `
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
  },
  {
    name: 'await a later promise',
    count: 150_000,
    reach: 1.5,
    text: `
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
  },
  {
    name: 'Promise.all of 3 calls',
    count: 50_000,
    reach: 1.5,
    text: `
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
  },
];

await compare(programs);
