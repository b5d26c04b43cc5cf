type Maker = new (...args: any[]) => any;
const Named = (Base: Maker) =>
  class extends Base {
    name = 'nobody';
    greet() {
      return `I am ${this.name}`;
    }
  };
const Counted = (Base: Maker) => {
  let made = 0;
  return class Counted extends Base {
    constructor(...args: any[]) {
      super(...args);
      made++;
    }
    static get made() {
      return made;
    }
    greet() {
      return `${super.greet?.() ?? ''} of ${made}`;
    }
  };
};

export default async function main(): Promise<unknown> {
  class Plain {
    kind = 'plain';
  }
  const Both = Counted(Named(Plain)) as any;
  const Other = Counted(Named(Plain)) as any;
  const first = new Both();
  await null;
  const second = new Both();
  const third = new Other();
  await null;
  second.name = 'two';
  return [
    first.greet(),
    second.greet(),
    third.greet(),
    Both.made,
    Other.made,
    first instanceof Plain,
    third instanceof Both,
    Both.name,
    Object.getPrototypeOf(Both).name,
  ];
}
