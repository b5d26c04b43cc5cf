import { double, Vector, renamed, everything } from './_lib/barrel.ts';
export default async function main() {
  const v: Vector = new Vector(1, 0);
  return [await double(2), await renamed(5), await everything.double(3), (await v.scaled(3)).x, typeof everything.Vector];
}
