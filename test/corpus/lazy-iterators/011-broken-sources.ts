/** Sources that answer with no object, throw, or have no next: errors, and what the helper does afterwards. */
type Broken = { name: string; next?: unknown; return?: unknown };
export default async function main() {
  const log: string[] = [];
  const sources: Broken[] = [
    { name: 'number', next: () => 5 },
    { name: 'none' },
    { name: 'text', next: 'text' },
    {
      name: 'throws',
      next() {
        throw new Error('next');
      },
      return: () => log.push('closed'),
    },
    {
      name: 'getter',
      next: () => ({
        get done() {
          throw new Error('done');
        },
      }),
    },
    { name: 'return', next: () => ({ value: 1, done: false }), return: () => 5 },
  ];
  for (const source of sources) {
    Object.setPrototypeOf(source, Iterator.prototype);
    const helper = (source as unknown as IteratorObject<number>).map((value) => value + 1);
    for (const act of ['next', 'next', 'return'] as const) {
      await null;
      try {
        log.push(`${source.name} ${act} ${JSON.stringify(helper[act]!())}`);
      } catch (error) {
        log.push(`${source.name} ${act} ${(error as Error).name} ${(error as Error).message}`);
      }
    }
  }
  return log;
}
