/** Iterators obtained through call, apply, Reflect.apply, super and arguments. */
class Doubled extends Map<string, number> {
  override [Symbol.iterator](): MapIterator<[string, number]> {
    return super[Symbol.iterator]();
  }
  arrow() {
    return [0].map(() => super.entries())[0]!;
  }
  plain() {
    return super.values();
  }
  override keys() {
    return super.keys();
  }
}
function first(..._values: unknown[]) {
  return Array.prototype.values.call(arguments);
}
export default async function main() {
  const list = [1, 2, 3];
  const set = new Set(['s', 't']);
  const a = Array.prototype.entries.call(list);
  const b = Set.prototype.values.apply(set);
  const c = Reflect.apply(Map.prototype.keys, new Map([['k', 0]]), []);
  const d = first('x', 'y');
  const e = Array.prototype.values.call({ length: 2, 0: 'zero', 1: 'one', 2: 'two' });
  const f = String.prototype[Symbol.iterator].call('hé');
  const doubled = new Doubled([['m', 1], ['n', 2]]);
  const g = doubled.plain();
  const h = doubled.keys();
  const i = doubled[Symbol.iterator]();
  const j = doubled.arrow();
  const seen: unknown[] = [];
  for (const iterator of [a, b, c, d, e, f, g, h, i, j]) {
    seen.push((iterator as Iterator<unknown>).next().value);
    await null;
  }
  for (const iterator of [a, b, c, d, e, f, g, h, i, j]) {
    await null;
    seen.push([...(iterator as Iterable<unknown>)]);
  }
  let wrong = '';
  try {
    Map.prototype.values.call(set as never);
  } catch (error) {
    wrong = (error as Error).message;
  }
  return { seen, wrong };
}
