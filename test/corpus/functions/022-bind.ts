async function sum(this: any, a: number, b: number, c: number) {
  await null;
  return `${this?.name} ${a + b + c}`;
}
class Counter {
  n = 0;
  async up(by: number) {
    await null;
    return (this.n += by);
  }
}
export default async function main() {
  const bound = sum.bind({ name: 'bound' }, 1);
  const further = bound.bind({ name: 'ignored' }, 2);
  await null;
  const counter = new Counter();
  const up = counter.up.bind(counter);
  const up10 = up.bind(null, 10);
  await null;
  return [await bound(2, 3), await further(4), await up(1), await up10(), counter.n, bound.name, further.length, up.name];
}
