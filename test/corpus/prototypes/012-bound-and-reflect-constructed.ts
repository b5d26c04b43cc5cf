export default async function main(): Promise<unknown> {
  function Pair(this: any, a: number, b: number) {
    this.a = a;
    this.b = b;
  }
  Pair.prototype.sum = function (this: any) {
    return this.a + this.b;
  };
  const Bound = Pair.bind(null as any, 1) as any;
  class Other {}
  const one = new Bound(2);
  const two = Reflect.construct(Pair as any, [3, 4], Other as any);
  await null;
  return [one.sum(), one instanceof (Pair as any), one instanceof Bound, two instanceof Other, 'sum' in two, [two.a, two.b]];
}
