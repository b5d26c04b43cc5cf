/** Mixins typed by their constructors, applied in two orders at module level. */
type Constructor<T = object> = new (...args: any[]) => T;
interface Named {
  name: string;
}
class Thing implements Named {
  constructor(public name: string) {}
}
function Logged<B extends Constructor<Named>>(Base: B) {
  return class extends Base {
    readonly entries: string[] = [];
    async log(text: string): Promise<this> {
      await null;
      this.entries.push(`${this.name}: ${text}`);
      return this;
    }
  };
}
function Counted<B extends Constructor>(Base: B) {
  return class extends Base {
    static made = 0;
    readonly #id: number;
    constructor(...args: any[]) {
      super(...args);
      this.#id = ++(new.target as unknown as { made: number }).made;
    }
    get id(): number {
      return this.#id;
    }
  };
}
const LoggedFirst = Counted(Logged(Thing));
const CountedFirst = Logged(Counted(Thing));
export default async function main() {
  const a = new LoggedFirst('a');
  const b = new CountedFirst('b');
  await a.log('one');
  const c = new LoggedFirst('c');
  await (await b.log('two')).log('three');
  return {
    ids: [a.id, b.id, c.id],
    entries: [a.entries, b.entries, c.entries],
    things: [a, b, c].map((each) => each instanceof Thing),
    made: [LoggedFirst.made, CountedFirst.made, Object.hasOwn(CountedFirst, 'made')],
  };
}
