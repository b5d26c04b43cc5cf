export default async function main() {
  const log: string[] = [];
  const bad: unknown[] = [
    undefined, null, 1, {}, { [Symbol.asyncIterator]: 'x' }, { [Symbol.asyncIterator]: () => 5 }, { [Symbol.iterator]: () => null },
    { [Symbol.asyncIterator]: async () => ({ next: () => ({ done: true }) }) }, { [Symbol.asyncIterator]: () => ({}) },
    { get [Symbol.asyncIterator]() { throw new RangeError('getter'); } },
  ];
  for (const source of bad) {
    try {
      for await (const x of source as AsyncIterable<unknown>) log.push(`got ${String(x)}`);
      log.push('no error');
    } catch (error) {
      log.push((error as Error).name);
    }
  }
  return log;
}
