/** Array.from, new Map, Object.fromEntries, Promise.all, spread in calls: each goes on where the iterator stands. */
export default async function main() {
  const entries = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 4],
    ['e', 5],
  ]).entries();
  entries.next();
  await null;
  const [second] = entries;
  await null;
  const asObject = Object.fromEntries([entries.next().value!]);
  await null;
  const asMap = new Map(entries);
  const empty = Array.from(entries);
  const numbers = [3, 1, 2].values();
  numbers.next();
  await null;
  const max = Math.max(...numbers);
  const promises = [Promise.resolve('p'), 'q', (async () => 'r')()].values();
  promises.next();
  await null;
  const settled = await Promise.all(promises as Iterable<unknown>);
  const letters = Array.from('xyz'[Symbol.iterator](), (letter, index) => letter + index);
  const grouped = Object.groupBy(['a', 'bb', 'cc'].values(), (word) => word.length);
  await null;
  return { second, asObject, asMap, empty, max, settled, letters, grouped: { ...grouped } };
}
