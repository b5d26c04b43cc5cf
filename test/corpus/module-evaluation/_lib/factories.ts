export function makeCounter() {
  let n = 0;
  return { up: () => ++n, read: () => n };
}
export class Ledger {
  readonly name: string;
  #entries: number[] = [];
  constructor(name: string) {
    this.name = name;
  }
  put(n: number): void {
    this.#entries.push(n);
  }
  get total(): string {
    return `${this.name} ${this.#entries.join('+')}`;
  }
}
export const counting = <A extends unknown[], R>(fn: (...args: A) => R) => {
  let calls = 0;
  const counted = (...args: A): R => {
    calls++;
    return fn(...args);
  };
  counted.calls = () => calls;
  return counted;
};
export const make = { ledger: (name: string) => new Ledger(name) };
export const Countable = <B extends new (...args: any[]) => object>(Base: B) => {
  let made = 0;
  return class extends Base {
    readonly number = ++made;
    static made(): number {
      return made;
    }
  };
};
