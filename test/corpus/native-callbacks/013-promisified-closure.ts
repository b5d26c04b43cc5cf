import { promisify } from 'node:util';
type Done = (error: Error | null, value?: number) => void;
/** A closure in Node's callback style, made a promise by Node. */
export default async function main() {
  let calls = 0;
  const half = (given: number): Promise<number | undefined> =>
    promisify((n: number, done: Done) => {
      calls += 1;
      if (n % 2 === 1) done(new Error(`odd ${n}`));
      else process.nextTick(() => done(null, n / 2));
    })(given);
  const good = await half(8);
  const bad = await half(3).catch((error: Error) => error.message);
  return { good, bad, calls };
}
