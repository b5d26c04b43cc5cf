/** Iterators as state of classes, advanced from methods of instances and of the class. */
class Names {
  static #pool = ['ann', 'bob', 'cy', 'dee'];
  static taken = 0;
  readonly turn: Iterator<string>;
  constructor() {
    this.turn = Names.#pool.values();
  }
  async next(skip: number) {
    for (let count = 0; count < skip; count++) {
      this.turn.next();
      await null;
    }
    Names.taken++;
    return this.turn.next().value as string | undefined;
  }
  static grow(name: string) {
    Names.#pool.push(name);
  }
}
export default async function main() {
  const first = new Names();
  const second = new Names();
  const out = [await first.next(1), await second.next(0)];
  Names.grow('eve');
  out.push(await first.next(2), await second.next(3));
  await null;
  return { out, end: await first.next(0), more: await second.next(0), taken: Names.taken };
}
