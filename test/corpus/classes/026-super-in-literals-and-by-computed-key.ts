const base = {
  n: 0,
  get me() {
    return ['base', this.n];
  },
  hi() {
    return ['hi', this.n];
  },
};
const atModule = {
  __proto__: base,
  hi() {
    return ['module', super.hi()];
  },
} as any;

class Greeter {
  n = 1;
  own: any = {
    __proto__: base,
    n: 'own',
    hi() {
      return super.hi();
    },
    get [`m${1}`]() {
      return super.me;
    },
  };
  static shared: any = {
    __proto__: base,
    hi() {
      return ['static', super.hi()];
    },
  };
  greet(...all: unknown[]) {
    return [this.n, all];
  }
}

class Loud extends Greeter {
  override n = 2;
  async run() {
    return [super[(await 'greet') as 'greet'](3), super.greet(await 4), super.greet`t${1}`, await this.later()];
  }
  async later() {
    const inner = async () => {
      await null;
      return super.greet`u`;
    };
    return await inner();
  }
}

export default async function main() {
  const local: any = {
    __proto__: base,
    n: 'local',
    hi() {
      return [super.hi(), (() => super.me)()];
    },
    get me() {
      return super.me;
    },
    set store(value: unknown) {
      super.n = value as number;
    },
    async later() {
      await null;
      return super.hi();
    },
  };
  await null;
  const heir = Object.create(local) as typeof local;
  heir.store = 'stored';
  const loud = new Loud();
  return [
    [local.hi(), local.me, await local.later()],
    [heir.n, heir.hi(), heir.me],
    [loud.own.hi(), loud.own.m1, Greeter.shared.hi(), atModule.hi()],
    await loud.run(),
  ];
}
