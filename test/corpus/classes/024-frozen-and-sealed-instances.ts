class Point {
  #moves = 0;
  constructor(public x: number) { if (new.target === Point) Object.freeze(this); }
  moved() { return ++this.#moves; }
}
class Loose extends Point {}
export default async function main() {
  const p = new Point(1), l = Object.seal(new Loose(2));
  await null;
  let error = '';
  try {
    p.x = 5;
  } catch (e: any) {
    error = e.constructor.name;
  }
  l.x = 20;
  p.moved();
  await null;
  return { p, l, error, moves: p.moved(), frozen: Object.isFrozen(p), sealed: Object.isSealed(l) };
}
