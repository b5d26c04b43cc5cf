function lazy<T extends object, K extends string, V>(target: T, key: K, make: (this: T) => V): T & Record<K, V> {
  return Object.defineProperty(target, key, {
    configurable: true,
    enumerable: true,
    get(this: T) {
      const value = make.call(this);
      Object.defineProperty(this, key, { value, enumerable: true, writable: false });
      return value;
    },
  }) as T & Record<K, V>;
}
class Temperature {
  #celsius = 0;
  static #instances = 0;
  readonly history: number[] = [];
  constructor() {
    Temperature.#instances++;
  }
  static get count(): number {
    return Temperature.#instances;
  }
  get celsius(): number {
    return this.#celsius;
  }
  set celsius(value: number) {
    this.history.push(this.#celsius);
    this.#celsius = value;
  }
  get fahrenheit(): number {
    return this.#celsius * 1.8 + 32;
  }
  set fahrenheit(value: number) {
    this.celsius = Math.round((value - 32) / 1.8);
  }
}
class Limited extends Temperature {
  override set celsius(value: number) {
    super.celsius = Math.min(100, value);
  }
  override get celsius(): number {
    return super.celsius + 0;
  }
}
export default async function run() {
  const log: string[] = [];
  let made = 0;
  const base = lazy({ n: 2 }, 'big', function () {
    log.push('made');
    return { square: this.n ** 2, id: ++made };
  });
  const child = Object.create(base, { n: { value: 9, enumerable: false } }) as typeof base;
  await null;
  log.push(`${child.big.square}`, `${Object.hasOwn(child, 'big')}`, `${base.big === base.big}`);
  await null;
  const attributes = Object.getOwnPropertyDescriptor(child, 'big')!;
  const t = new Limited();
  t.celsius = 20;
  t.fahrenheit = 500;
  await null;
  t.fahrenheit -= 18;
  t.celsius += await 1;
  t.celsius++;
  const { celsius, ...own } = t as any;
  const counter = { get next() { return made++; }, set next(n) { made = n * 10; } };
  counter.next += await 1;
  await null;
  counter.next ||= 99;
  return [log, [attributes.writable, attributes.enumerable, attributes.configurable, typeof attributes.get], made, celsius, own, t.fahrenheit, Temperature.count, Object.keys(child), JSON.stringify(child)];
}
