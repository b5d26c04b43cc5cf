type Constructor<T = object> = new (...args: any[]) => T;
/** Each class that it makes has a list of its own. */
function Registered<B extends Constructor>(Base: B) {
  const seen = new Map<string, number>();
  return class Registered extends Base {
    static count = 0;
    static #last = '';
    readonly #key: string;
    constructor(...args: any[]) {
      super(...args);
      this.#key = `k${++Registered.count}`;
      seen.set(this.#key, seen.size);
      Registered.#last = this.#key;
    }
    get key(): string {
      return `${this.#key}/${seen.get(this.#key)}`;
    }
    static last(): string {
      return `${Registered.#last} of ${seen.size}`;
    }
    async later(): Promise<string> {
      await null;
      return `${this.#key} later, last ${Registered.#last}`;
    }
  };
}
class Base {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
class User extends Registered(Base) {
  greet(): string {
    return `${this.name} ${this.key}`;
  }
}
class Order extends Registered(Base) {}

export default async function run() {
  const log: unknown[] = [];
  const a = new User('a');
  await null;
  const b = new User('b');
  const o = new Order('o');
  await null;
  log.push(a.greet(), b.greet(), o.key, User.last(), Order.last());
  log.push(await a.later(), await o.later());
  const c = new User('c');
  await null;
  log.push(c.greet(), User.count, Order.count, User.last(), Object.getPrototypeOf(User) === Object.getPrototypeOf(Order));
  log.push(a instanceof User, o instanceof User, o instanceof Base, Object.getPrototypeOf(User).name);
  return log;
}
