/** What it asks of iterators, and what it tells them, when something goes wrong. */
const log: string[] = [];
const source = (name: string, how: { fail?: number; returns?: unknown } = {}) => {
  let n = 0;
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        log.push(`${name} next`);
        if (++n === how.fail) throw new Error(`${name} failed`);
        return { done: n > 3, value: n };
      },
      return: async () => {
        log.push(`${name} return`);
        return ('returns' in how ? how.returns : {}) as never;
      },
    }),
  };
};
const sync = {
  *[Symbol.iterator]() {
    try {
      yield Promise.resolve('p');
      yield 'q';
    } finally {
      log.push('sync closed');
    }
  },
};
const outcome = async (promise: Promise<unknown>) => {
  try {
    log.push(JSON.stringify(await promise));
  } catch (error) {
    log.push((error as Error).message);
  }
};

export default async function run() {
  await outcome(Array.fromAsync(source('a')));
  await outcome(Array.fromAsync(source('b', { fail: 2 })));
  await outcome(Array.fromAsync(source('c'), (n) => Promise.reject(new Error(`map ${n}`))));
  await outcome(Array.fromAsync(source('d', { returns: 1 }), (n) => (n === 2 ? Promise.reject(new Error('mapped')) : n)));
  await outcome(Array.fromAsync(sync));
  await outcome(Array.fromAsync(sync, () => { throw new Error('map'); }));
  const list = await Array.fromAsync(new Map([['k', 1]]));
  return [log, list, Array.isArray(list), (await Array.fromAsync(source('g'))).length];
}
