type Constructor<T = object> = new (...args: any[]) => T;
const seen: string[] = [];
const Watched = <B extends Constructor>(Base: B) =>
  class extends Base {
    static #made = 0;
    readonly number = Counter.bump();
    static made(): number {
      return this.#made;
    }
    constructor(...args: any[]) {
      super(...args);
      seen.push(`${this.constructor.name}${this.number}`);
    }
  };
const Counter = { n: 0, bump: () => ++Counter.n };
let make: (which: string) => any;
{
  class Left extends Watched(Object) {
    side = 'left';
  }
  const Right = class Right extends Watched(Left) {
    other = 'right';
  };
  make = (which) => (which === 'left' ? new Left() : new Right());
}
const shelf = { Item: class Item extends Watched(Object) {} };

export default async function run() {
  const left = make('left');
  await null;
  const right = make('right');
  const item = new shelf.Item();
  await null;
  const another = make('left');
  return [left.constructor === another.constructor, right.side, right.other, seen, item.number, item instanceof shelf.Item, Counter.n, right instanceof left.constructor];
}
