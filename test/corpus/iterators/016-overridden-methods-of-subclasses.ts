/** Subclasses of collections whose iterator methods are their own, or another one of the built-in ones. */
class Keys extends Map<string, number> {
  override [Symbol.iterator]() {
    return this.keys() as never;
  }
}
class Backwards extends Array<number> {
  override values() {
    return this.toReversed()[Symbol.iterator]();
  }
}
class Counted extends Set<string> {
  override get size() {
    return 99;
  }
}
export default async function main() {
  const keys = new Keys([
    ['a', 1],
    ['b', 2],
  ]);
  const list = Backwards.of(1, 2, 3) as Backwards;
  const set = new Counted(['p', 'q', 'r']);
  const seen: unknown[] = [];
  for (const key of keys) {
    seen.push(key);
    await null;
  }
  const values = list.values();
  values.next();
  const ofSet = set.values();
  ofSet.next();
  await null;
  for (const item of set) {
    seen.push(item);
    await null;
    if (item === 'p') set.delete('q');
  }
  return { seen, values: [...values], entries: [...list.entries()], ofSet: [...ofSet], size: set.size };
}
