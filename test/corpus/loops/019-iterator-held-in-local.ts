export default async function main() {
  const list = ['a', 'b', 'c'];
  const iterator = list.values();
  const first = iterator.next();
  await null;
  list.push('d');
  const second = iterator.next();
  await null;
  const rest = [...iterator];
  await null;
  const map = new Map([[1, 'x'], [2, 'y'], [3, 'z']]);
  const entries = map.entries();
  entries.next();
  await null;
  map.delete(2);
  const after = entries.next();
  await null;
  const characters = 'p😀q'[Symbol.iterator]();
  characters.next();
  await null;
  return { first, second, rest, end: iterator.next(), after, emoji: characters.next(), q: characters.next(), done: characters.next() };
}
