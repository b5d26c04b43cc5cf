import { setImmediate as immediate } from 'node:timers';
/** Native code keeps a resolving function and calls it again and again; the first call counts. */
export default async function main() {
  const calls: string[] = [];
  const value = await new Promise<string>((resolve, reject) => {
    immediate(() => {
      calls.push('first');
      resolve('one');
      resolve('two');
      reject(new Error('three'));
    });
  });
  const second = await new Promise<string>((resolve) => {
    immediate(() => {
      resolve(new Promise<string>((later) => immediate(() => later('from another promise'))) as never);
      calls.push('second');
    });
  });
  return { value, second, calls };
}
