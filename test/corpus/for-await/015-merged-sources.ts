/** Several async iterables merged in the order in which their values come; the others are closed when the loop breaks. */
async function* ticks(name: string, turns: number, count: number, log: string[]) {
  try {
    for (let n = 1; n <= count; n++) {
      for (let turn = 0; turn < turns; turn++) await null;
      yield `${name}${n}`;
    }
  } finally {
    await null;
    log.push(`${name} closed`);
  }
}
async function* merge<T>(...sources: AsyncIterable<T>[]) {
  const open = new Map(sources.map((source) => {
    const iterator = source[Symbol.asyncIterator]();
    return [iterator, iterator.next().then((result) => ({ iterator, result }))] as const;
  }));
  try {
    while (open.size > 0) {
      const { iterator, result } = await Promise.race(open.values());
      if (result.done) {
        open.delete(iterator);
        continue;
      }
      open.set(iterator, iterator.next().then((next) => ({ iterator, result: next })));
      yield result.value;
    }
  } finally {
    for (const iterator of open.keys()) await iterator.return?.();
  }
}
export default async function main() {
  const log: string[] = [];
  const seen: string[] = [];
  for await (const value of merge(ticks('a', 1, 3, log), ticks('b', 5, 2, log), ticks('c', 9, 9, log))) {
    seen.push(value);
    if (value === 'c2') break;
  }
  return { sorted: seen.toSorted(), order: seen.indexOf('a1') < seen.indexOf('b1'), log };
}
