export default async function main() {
  const all: string[][] = [];
  const sources: Record<string, () => AsyncIterable<unknown> | Iterable<unknown>> = {
    array: () => [1, 2],
    promises: () => [Promise.resolve(1), Promise.resolve(2)],
    sync: function* () {
      yield 1;
      yield 2;
    },
    async: async function* () {
      yield 1;
      yield 2;
    },
    hand: () => {
      let n = 0;
      return { [Symbol.asyncIterator]: () => ({ next: () => ({ value: ++n, done: n > 2 }) as never }) };
    },
    promised: () => {
      let n = 0;
      return { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: ++n, done: n > 2 }) as never }) };
    },
  };
  for (const [name, make] of Object.entries(sources)) {
    const log: string[] = [name];
    const ticks = async () => {
      for (let n = 0; n < 14; n++) {
        log.push(`t${n}`);
        await null;
      }
    };
    const use = async () => {
      for await (const value of make()) log.push(`got ${String(value)}`);
      log.push('end');
      for await (const value of make()) {
        log.push(`cut ${String(value)}`);
        break;
      }
      log.push('closed');
    };
    await Promise.all([ticks(), use()]);
    all.push(log);
  }
  return all;
}
