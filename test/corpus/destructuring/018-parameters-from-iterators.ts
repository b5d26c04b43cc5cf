/** Array patterns as parameters of async functions, with iterators as arguments. */
async function headAndTail([head, second = head, ...tail]: Iterable<string>, { length } = tail) {
  await null;
  return { head, second, tail, length };
}
const arrow = async ([[key, value] = ['none', 0]]: Iterable<[string, number]>) => {
  await null;
  return `${key}:${value}`;
};
export default async function main() {
  const set = new Set(['p', 'q', 'r']);
  const iterator = set.values();
  const results: unknown[] = [await headAndTail('héy'), await headAndTail(iterator)];
  results.push(iterator.next());
  set.add('s');
  results.push(iterator.next(), await headAndTail(set.keys().drop(2)));
  results.push(await arrow(new Map([['k', 1]])), await arrow(new Map()));
  try {
    results.push(await headAndTail(5 as never));
  } catch (error) {
    results.push((error as Error).constructor.name);
  }
  return results;
}
