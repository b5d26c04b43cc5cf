const variants: Record<string, unknown> = {
  missing: undefined,
  null: null,
  'not callable': 5,
  throws: () => {
    throw new Error('return throws');
  },
  rejects: () => Promise.reject(new Error('return rejects')),
  'no object': () => 1,
  'promise of no object': async () => 'text',
  fine: async () => ({}),
};
const source = (method: unknown) => ({
  [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }), return: method }),
});

export default async function main() {
  const log: unknown[] = [];
  for (const [name, method] of Object.entries(variants)) {
    for (const how of ['break', 'throw', 'return'] as const) {
      const run = async () => {
        for await (const n of source(method)) {
          if (how === 'break') break;
          if (how === 'return') return `returned ${n}`;
          throw new Error('body');
        }
        return 'fell out';
      };
      try {
        log.push([name, how, await run()]);
      } catch (error) {
        log.push([name, how, (error as Error).name, (error as Error).name === 'Error' ? (error as Error).message : '']);
      }
    }
  }
  return log;
}
