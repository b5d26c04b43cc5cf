export default async function main(): Promise<unknown> {
  const base = 10;
  class Calc {
    factor = 2;
    times(value: number) {
      return base * this.factor * value;
    }
    get size() {
      return this.factor;
    }
    set size(value: number) {
      this.factor = value;
    }
    static plus(value: number) {
      return base + value;
    }
    async slow(value: number) {
      await null;
      return this.times(value);
    }
  }
  const { times, slow } = Calc.prototype;
  const { plus } = Calc;
  const size = Object.getOwnPropertyDescriptor(Calc.prototype, 'size')!;
  const calc = new Calc();
  const bound = calc.times.bind(calc);
  await null;
  size.set!.call(calc, 3);
  await null;
  return [
    times === Calc.prototype.times,
    times.call(calc, 1),
    bound(2),
    plus(1),
    plus === Calc.plus,
    size.get!.call(calc),
    await slow.call(calc, 4),
    size.get === Object.getOwnPropertyDescriptor(Calc.prototype, 'size')!.get,
  ];
}
