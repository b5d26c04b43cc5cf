/** Symbol.toStringTag and constructor of Iterator.prototype are accessors that assignment shadows. */
export default async function main() {
  const make = () => Object.create(Iterator.prototype) as Record<PropertyKey, unknown>;
  const own = make();
  await null;
  own[Symbol.toStringTag] = 'Mine';
  own['constructor'] = 'replaced';
  await null;
  const log: unknown[] = [
    Object.prototype.toString.call(own),
    own['constructor'],
    Object.getOwnPropertyDescriptor(own, Symbol.toStringTag),
    Object.prototype.toString.call(make()),
    make()['constructor'] === Iterator,
  ];
  own[Symbol.toStringTag] = 'Again';
  await null;
  log.push(own[Symbol.toStringTag]);
  try {
    (Iterator.prototype as unknown as Record<PropertyKey, unknown>)[Symbol.toStringTag] = 'x';
  } catch (error) {
    log.push((error as Error).constructor.name);
  }
  class Tagged extends Iterator<number> {
    override get [Symbol.toStringTag]() {
      return 'Tagged';
    }
    next(): IteratorResult<number> {
      return { value: undefined, done: true };
    }
  }
  const tagged = new Tagged();
  await null;
  log.push(String(tagged), String(tagged.map(String)));
  return log;
}
