/** Wrong functions and limits: the error, whether the source is closed, and that nothing was looked up before. */
export default async function main() {
  const log: string[] = [];
  const make = () =>
    ({
      __proto__: Iterator.prototype,
      get next() {
        log.push('next looked up');
        return () => ({ done: true, value: undefined });
      },
      return() {
        log.push('closed');
        return {};
      },
    }) as unknown as IteratorObject<number>;
  const wrong: [string, unknown][] = [
    ['map', undefined],
    ['map', 'text'],
    ['filter', {}],
    ['flatMap', null],
    ['take', 'x'],
    ['take', -1],
    ['drop', NaN],
    ['drop', { valueOf: () => (log.push('valueOf'), -0.5) }],
    [
      'take',
      {
        valueOf() {
          throw new Error('limit');
        },
      },
    ],
    ['take', 2n],
    ['drop', Infinity],
    ['reduce', 1],
  ];
  for (const [name, argument] of wrong) {
    await null;
    try {
      const source = make() as unknown as Record<string, (argument: unknown) => unknown>;
      log.push(`${name} ${Object.prototype.toString.call(source[name]!(argument))}`);
    } catch (error) {
      log.push(`${name} ${(error as Error).name} ${(error as Error).message}`);
    }
  }
  return log;
}
