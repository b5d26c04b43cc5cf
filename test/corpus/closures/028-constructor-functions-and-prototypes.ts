export default async function main() {
  function Point(this: any, x: number) {
    this.x = x;
  }
  Point.prototype.double = function (this: any) { return this.x * 2; };
  const p = new (Point as any)(4);
  const before = [p.double(), p instanceof (Point as any)];
  return [before, await before.length, p.x];
}
