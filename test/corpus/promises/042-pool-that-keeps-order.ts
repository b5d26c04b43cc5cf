async function* mapInOrder<I, O>(input: Iterable<I> | AsyncIterable<I>, width: number, work: (item: I, index: number) => Promise<O>): AsyncGenerator<O, string> {
  const running: Promise<{ ok: true; value: O } | { ok: false; error: unknown }>[] = [];
  let index = 0;
  let taken = 0;
  const settle = (promise: Promise<O>) => promise.then((value) => ({ ok: true as const, value }), (error: unknown) => ({ ok: false as const, error }));
  try {
    for await (const item of input) {
      running.push(settle(work(item, index++)));
      if (running.length < width) continue;
      const first = await running.shift()!;
      if (!first.ok) throw first.error;
      taken++;
      yield first.value;
    }
    while (running.length > 0) {
      const first = await running.shift()!;
      if (!first.ok) throw first.error;
      taken++;
      yield first.value;
    }
  } finally {
    await Promise.all(running);
  }
  return `${taken} of ${index}`;
}
export default async function run() {
  const log: string[] = [];
  let active = 0;
  const work = async (n: number, index: number): Promise<string> => {
    log.push(`+${n} (${++active})`);
    for (let k = 0; k < 8 - n; k++) await null;
    active--;
    log.push(`-${n}`);
    if (n === 6) throw new RangeError('six');
    return `${index}:${n}`;
  };
  const results: unknown[] = [];
  const all = mapInOrder([3, 1, 2, 5], 2, work);
  let step = await all.next();
  for (; !step.done; step = await all.next()) results.push(step.value);
  results.push(step.value);
  async function* source() {
    for (const n of [4, 6, 1]) yield n;
  }
  try {
    for await (const value of mapInOrder(source(), 3, work)) results.push(value);
  } catch (error) {
    results.push(`${error}`);
  }
  for await (const value of mapInOrder([1, 2, 3, 4], 3, work)) {
    results.push(value);
    break;
  }
  return [results, log, active];
}
