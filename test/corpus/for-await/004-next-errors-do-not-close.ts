const kinds: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('next throws');
  },
  rejects: () => Promise.reject(new Error('next rejects')),
  'no object': () => 5,
  'promise of no object': async () => 'x',
  'done throws': () => ({
    get done() {
      throw new Error('done');
    },
  }),
  'value throws': () => ({
    done: false,
    get value() {
      throw new Error('value');
    },
  }),
};

export default async function main() {
  const log: unknown[] = [];
  for (const [name, next] of Object.entries(kinds)) {
    const source = {
      [Symbol.asyncIterator]: () => ({
        next,
        return() {
          log.push(`closed ${name}`);
          return {};
        },
      }),
    };
    try {
      for await (const value of source as AsyncIterable<unknown>) log.push(['got', value]);
    } catch (error) {
      log.push([name, (error as Error).name]);
    }
  }
  return log;
}
