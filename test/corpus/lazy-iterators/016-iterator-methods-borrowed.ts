/** Helpers as values: called on other objects, kept over a suspension, compared by identity. */
export default async function main() {
  const { map, filter, take } = Iterator.prototype;
  const like = { at: 0, next() { return { value: this.at++, done: this.at > 4 }; } };
  const mapped = map.call(like as never, (value: unknown) => (value as number) * 3) as IteratorObject<number>;
  await null;
  const first = mapped.next();
  const taken = take.call(filter.call(mapped as never, (value: unknown) => (value as number) % 2 === 0) as never, 2);
  await null;
  const rest = [...taken];
  await null;
  const errors: string[] = [];
  for (const receiver of [undefined, null, 1, 'text', true, Symbol('s')]) {
    try {
      map.call(receiver as never, String);
    } catch (error) {
      errors.push((error as Error).message);
    }
    await null;
  }
  return { first, rest, errors, same: map === Iterator.prototype.map && [].values().map === map, tag: String(mapped) };
}
