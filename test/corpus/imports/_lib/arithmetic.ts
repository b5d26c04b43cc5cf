export default async function increment(n: number): Promise<number> {
  await null;
  return n + 1;
}
export async function double(n: number): Promise<number> {
  const one = await increment(n);
  return (one - 1) * 2;
}
export const PI = 3.14;
export class Vector {
  #length: number;
  constructor(readonly x: number, readonly y: number) { this.#length = Math.hypot(x, y); }
  async scaled(by: number) {
    await null;
    return new Vector(this.x * by, this.y * by);
  }
  get length() { return this.#length; }
}
