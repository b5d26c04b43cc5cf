/** When a pattern closes its iterator: not at the end, not after an error of next, but after errors of defaults and targets. */
class Source extends Iterator<number> {
  at = 0;
  constructor(
    readonly length: number,
    readonly log: string[],
    readonly failsAt = -1,
  ) {
    super();
  }
  next(): IteratorResult<number> {
    this.log.push(`next ${this.at}`);
    if (this.at === this.failsAt) throw new Error('next');
    return { value: this.at++, done: this.at > this.length };
  }
  return(): IteratorResult<number> {
    this.log.push('return');
    return { value: undefined, done: true };
  }
}
export default async function main() {
  const logs: string[][] = [];
  const run = async (act: (log: string[]) => Promise<unknown>) => {
    const log: string[] = [];
    logs.push(log);
    try {
      log.push(JSON.stringify(await act(log)));
    } catch (error) {
      log.push((error as Error).message);
    }
  };
  const fail = async () => {
    await null;
    throw new Error('default');
  };
  await run(async (log) => {
    const [a, b = await null] = new Source(5, log);
    return [a, b];
  });
  await run(async (log) => {
    const [a, b = await null, c = await 'c'] = new Source(1, log);
    return [a, b, c];
  });
  await run(async (log) => {
    const [a, ...b] = new Source(2, log);
    await null;
    return [a, b];
  });
  await run(async (log) => {
    const [a, b = await fail()] = new Source(1, log);
    return [a, b];
  });
  await run(async (log) => {
    const [a, [b] = await fail()] = [new Source(9, log), undefined] as never;
    return [a, b];
  });
  await run(async (log) => {
    const target = {
      set value(given: number) {
        throw new Error(`set ${given}`);
      },
    };
    [target.value, (await target).value] = new Source(5, log) as Iterable<number>;
    return 'unreachable';
  });
  await run(async (log) => {
    const [a, b = await null] = new Source(5, log, 1);
    return [a, b];
  });
  await run(async (log) => {
    const [] = new Source(5, log);
    await null;
    return 'empty';
  });
  return logs;
}
