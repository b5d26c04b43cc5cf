import { Vector } from './_lib/arithmetic.ts';
class Named extends Vector {
  name = 'named';
  override async scaled(by: number) {
    const v = await super.scaled(by);
    return new Named(v.x, v.y);
  }
}
export default async function main() {
  const v = new Vector(3, 4);
  await null;
  const w = await v.scaled(2);
  const n = await new Named(6, 8).scaled(0.5);
  return { v, w, n, lengths: [v.length, w.length, n.length], is: [w instanceof Vector, n instanceof Named, n instanceof Vector] };
}
