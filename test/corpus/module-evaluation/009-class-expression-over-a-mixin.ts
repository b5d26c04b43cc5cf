type Constructor<T = object> = new (...args: any[]) => T;
const Comparable = <B extends Constructor>(Base: B) =>
  class extends Base {
    static #comparisons = 0;
    #rank = 0;
    rank(n: number): this {
      this.#rank = n;
      return this;
    }
    async less(other: this): Promise<boolean> {
      await null;
      Comparable.total++;
      return this.#isLess(other);
    }
    #isLess(other: this): boolean {
      return ++(this.constructor as any).tally >= 0 && this.#rank < other.#rank;
    }
    static tally = 0;
  };
Comparable.total = 0;
const Point = class Point extends Comparable(Object) {
  x = 1;
};
const Sub = class extends Point {
  y = 2;
};
class Deep extends Sub {
  z = 3;
}

export default async function run() {
  const p = new Point().rank(1);
  const q = new Point().rank(2);
  await null;
  const r = [await p.less(q), await q.less(p)];
  const s = new Sub().rank(5);
  const d = new Deep().rank(6);
  await null;
  r.push(await s.less(d), await d.less(s));
  return [r, Point.tally, Sub.tally, Comparable.total, Object.keys(d), Sub.name, Deep.name, d instanceof Point, Object.hasOwn(Sub, 'tally')];
}
