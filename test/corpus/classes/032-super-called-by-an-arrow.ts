class Base {
  constructor(readonly kind: string) {}
  hi() {
    return `hi ${this.kind}`;
  }
}
class Derived extends Base {
  later: () => unknown;
  constructor(direct: boolean) {
    const log: string[] = [];
    const early = () => this.kind;
    const init = (kind: string) => {
      log.push('init');
      super(kind);
      return this;
    };
    const self = direct ? init('a') : (() => init('b'))();
    this.later = () => [self === this, early(), super.hi(), log];
  }
}

export default async function main(): Promise<unknown> {
  const first = new Derived(true);
  await null;
  const second = new Derived(false);
  const { later } = second;
  await null;
  return [first.later(), later(), first instanceof Derived, second.kind];
}
