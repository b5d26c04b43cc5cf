/** Iterators as values of maps, fields of objects, elements of arrays; the same one is still the same after a restore. */
class Cursor {
  #inner = new Map([['x', 1]]).entries();
  readonly outer: Iterator<number>;
  constructor(readonly list: number[]) {
    this.outer = list.values();
  }
  step() {
    return [this.#inner.next(), this.outer.next()];
  }
}
export default async function main() {
  const list = [1, 2, 3];
  const iterator = list.values();
  const holder = { iterator, again: iterator, byKey: new Map([[iterator, 'known']]), cursor: new Cursor(list) };
  await null;
  const same = holder.iterator === holder.again && holder.byKey.get(holder.again);
  holder.iterator.next();
  await null;
  list.push(4);
  const steps = [holder.cursor.step()];
  await null;
  steps.push(holder.cursor.step());
  return { same, next: holder.again.next(), steps, frozen: Object.isFrozen(Object.freeze(iterator)), rest: [...iterator] };
}
