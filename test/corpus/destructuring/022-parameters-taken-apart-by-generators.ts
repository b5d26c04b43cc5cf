const log: string[] = [];
const tracked = (name: string, ...values: unknown[]) => ({
  *[Symbol.iterator]() {
    try {
      for (const value of values) {
        log.push(`${name} gives ${String(value)}`);
        yield value;
      }
      log.push(`${name} is empty`);
    } finally {
      log.push(`${name} closed`);
    }
  },
});
function* pairs([a, b = a]: Iterable<any>, { [`k${a}`]: c = b, ...others }: any = {}, ...[d, e = d]: any[]) {
  yield [a, b];
  yield [c, others];
  return [d, e];
}
async function* later([a, , b]: Iterable<any>, wait = Promise.resolve(`${a}-${b}`)) {
  yield wait;
  yield* pairs([b, a], { [`k${b}`]: 'found', z: 1 }, 'd');
}
class Sum {
  static of([head = 0, ...tail]: Iterable<number>): number {
    return tail.length ? head + Sum.of(tail) : head;
  }
  set both([x, { y }]: [number, { y: number }]) {
    log.push(`set ${x} ${y}`);
  }
}
export default async function run() {
  const results: unknown[] = [];
  for (const item of pairs(tracked('one', 1))) {
    results.push(item);
    await null;
  }
  results.push([...pairs(tracked('two', 2, 3, 4), { k2: 'own', more: true })]);
  const stream = later(tracked('three', 5, 6, 7));
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) results.push(step.value);
  results.push(step.value, Sum.of(tracked('sum', 1, 2, 3) as Iterable<number>));
  new Sum().both = [1, { y: await 2 }];
  try {
    pairs(null as any);
  } catch (error) {
    results.push((error as Error).constructor.name);
  }
  const started = later([1, 2, 3]);
  await null;
  results.push(await started.return('early'), await started.next());
  return [results, log];
}
