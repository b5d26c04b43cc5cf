/** A pattern with suspension points over a generator that is mapped: closed through finally, in order. */
export default async function main() {
  const log: string[] = [];
  function* numbers() {
    try {
      yield 1;
      yield undefined;
      yield 3;
    } finally {
      log.push('closed');
    }
  }
  const chain = () => numbers().map((value) => (log.push(`map ${String(value)}`), value));
  const wait = async (value: string) => (await null, log.push(value), value);
  const [a, b = await wait('default')] = chain();
  await null;
  const [c, , d = await wait('unused'), e = await wait('end')] = chain();
  await null;
  try {
    const [f, g = await Promise.reject(new Error('no default'))] = chain();
    log.push(String([f, g]));
  } catch (error) {
    log.push((error as Error).message);
  }
  return { values: [a, b, c, d, e], log };
}
