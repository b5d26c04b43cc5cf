export default async function main(): Promise<unknown> {
  let calls = 0;
  const unit = 'kg';
  class Weight {
    label = `${unit}!`;
    constructor(readonly value: number) {
      calls++;
    }
    show() {
      calls++;
      return `${this.value} ${unit}`;
    }
    get half() {
      calls++;
      return this.value / 2;
    }
    static of(value: number) {
      calls++;
      return new Weight(value);
    }
  }
  const one = Weight.of(10);
  await null;
  const two = new Weight(4);
  await null;
  return [one.show(), two.show(), one.half, two.label, calls, one instanceof Weight];
}
