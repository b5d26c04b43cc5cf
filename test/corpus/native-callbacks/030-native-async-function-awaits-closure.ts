import { runInThisContext } from 'node:vm';
type Step = (n: number) => Promise<number>;
const twice = runInThisContext(`(async (step, n) => {
  const one = await step(n);
  await undefined;
  return step(one);
})`) as (step: Step, n: number) => Promise<number>;
export default async function main() {
  const log: number[] = [];
  const add: Step = async (n) => {
    log.push(n);
    await null;
    return n + 10;
  };
  const result = await twice(add, 1);
  const error = await twice(async () => {
    await null;
    throw new RangeError('stop');
  }, 1).catch((reason: Error) => reason.name);
  return { result, log, error };
}
