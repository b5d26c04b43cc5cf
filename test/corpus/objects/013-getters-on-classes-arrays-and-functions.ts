class Meter {
  static reads = 0;
  #value = 1;
  get value(): number {
    Meter.reads++;
    return this.#value++;
  }
}

export default async function main() {
  const meter: any = new Meter();
  let own = 10;
  Object.defineProperty(meter, 'own', { get: () => own++, enumerable: true });
  const list: any = [1, 2, 3];
  Object.defineProperty(list, 1, { get: () => list.length * 100, configurable: true, enumerable: true });
  const fn: any = () => fn.total;
  Object.defineProperty(fn, 'total', { get: () => own + 1000 });
  await null;
  const before = [meter.value, meter.own, list[1], fn()];
  list.push(4);
  await null;
  return [before, meter.value, meter.own, [...list], fn(), Meter.reads, Object.keys(meter)];
}
