const source = (log: string[]) => ({
  [Symbol.iterator]() {
    let n = 0;
    return {
      next: () => ({ value: ++n === 2 ? Promise.reject(new Error('element')) : n, done: false }),
      return() {
        log.push('closed');
        return {};
      },
    };
  },
});
function* generator(log: string[]) {
  try {
    yield 1;
    yield Promise.reject(new Error('yielded'));
    yield 3;
  } finally {
    log.push('finally');
  }
}

export default async function main() {
  const log: string[] = [];
  for (const make of [source, generator]) {
    try {
      for await (const value of make(log) as Iterable<unknown>) log.push(String(value));
    } catch (error) {
      log.push((error as Error).message);
    }
  }
  try {
    for await (const value of [1, Promise.reject(new Error('in array')), 3]) log.push(String(value));
  } catch (error) {
    log.push((error as Error).message);
  }
  return log;
}
