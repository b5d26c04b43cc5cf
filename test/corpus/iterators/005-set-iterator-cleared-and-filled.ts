/** A set is cleared while iterators stand at its start, in its middle and at its end. */
export default async function main() {
  const set = new Set([1, 2, 3]);
  const start = set.values();
  const middle = set.keys();
  const end = set.entries();
  const over = set[Symbol.iterator]();
  middle.next();
  for (let count = 0; count < 3; count++) end.next();
  for (let count = 0; count < 4; count++) over.next();
  await null;
  set.clear();
  await null;
  set.add(9).add(1);
  await null;
  const results = [start.next(), middle.next(), end.next(), over.next()];
  await null;
  set.delete(9);
  await null;
  set.add(9);
  await null;
  return { results, rest: [[...start], [...middle], [...end], [...over]] };
}
