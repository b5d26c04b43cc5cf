class Bag {
  #items: string[] = ['a', 'b', 'c'];
  *#backwards(): Generator<string> {
    for (let index = this.#items.length - 1; index >= 0; index--) yield this.#items[index]!;
  }
  static *#numbers(): Generator<number> {
    yield 1;
    yield 2;
  }
  walk(): Generator<string> {
    return this.#backwards();
  }
  *both(): Generator<string> {
    yield* this.#backwards();
    this.#items.push('d');
    yield this.#items.at(-1)!;
  }
  static count(): Generator<number> {
    return Bag.#numbers();
  }
}

export default async function main() {
  const bag = new Bag();
  const one = bag.walk();
  const two = bag.both();
  const log: unknown[] = [one.next(), two.next()];
  await null;
  log.push(one.next(), two.next());
  await null;
  log.push([...one], [...two], [...bag.walk()]);
  const numbers = Bag.count();
  numbers.next();
  await null;
  log.push(numbers.next(), numbers.next());
  return log;
}
