/** Assignment patterns whose targets and keys await, fed by a lazy chain that logs each step. */
export default async function main() {
  const log: string[] = [];
  const note = async <T>(name: string, value: T) => {
    log.push(`begin ${name}`);
    await null;
    log.push(`end ${name}`);
    return value;
  };
  const chain = [1, 2, 3, 4, 5].values().map((value) => (log.push(`map ${value}`), value * 10));
  const object: Record<string, unknown> = {};
  const list: number[] = [];
  [
    (await note('target', object))['a'],
    list[await note('index', 1)],
    object['default'] = await note('unused', 'x'),
    ...(await note('rest', object))['rest'] as number[]
  ] = chain;
  [object['swap'], object['a']] = [object['a'], object['swap']];
  await null;
  return { object, list, log, done: chain.next() };
}
