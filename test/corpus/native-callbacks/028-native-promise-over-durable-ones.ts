import { setImmediate as immediate } from 'node:timers/promises';
import { runInThisContext } from 'node:vm';
/** Native code awaits, combines and decorates promises of the script. */
export default async function main() {
  const native = runInThisContext('globalThis.Promise') as PromiseConstructor;
  const slow = async (n: number): Promise<number> => {
    await null;
    await null;
    return n;
  };
  const fails = async (): Promise<never> => {
    await null;
    throw new TypeError('inside');
  };
  const log: string[] = [];
  const all = await native.all([slow(1), slow(2), 3]);
  const first = await native.race([slow(4), native.resolve(5).then(() => immediate(6))]);
  const settled = await native.allSettled([slow(7), fails()]);
  const any = await native.any([fails(), slow(8)]);
  const wrapped = await native.resolve(slow(9)).finally(() => log.push('finally'));
  const caught = await native.resolve(fails()).catch((error: Error) => `${error.name} ${error.message}`);
  return { all, first, settled: settled.map(({ status }) => status), any, wrapped, caught, log };
}
