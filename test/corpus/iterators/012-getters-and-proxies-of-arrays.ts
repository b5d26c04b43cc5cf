/** What an array iterator looks up, and when. */
export default async function main() {
  const log: string[] = [];
  const list = {
    get length() {
      log.push('length');
      return 2;
    },
    get 0() {
      log.push('0');
      return 'zero';
    },
    get 1() {
      log.push('1');
      throw new Error('one');
    },
  };
  const results: unknown[] = [];
  for (const iterator of [
    Array.prototype.values.call(list),
    Array.prototype.keys.call(list),
    Array.prototype.entries.call(list),
  ] as Iterator<unknown>[]) {
    for (let step = 0; step < 3; step++) {
      await null;
      log.push('-');
      try {
        results.push(iterator.next());
      } catch (error) {
        results.push((error as Error).message);
      }
    }
  }
  return { results, log };
}
