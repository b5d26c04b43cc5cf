class Base {
  #tag() {
    return 'base';
  }
  tagger() {
    return this.#tag;
  }
}

export default async function main(): Promise<unknown> {
  const k = 10;
  class Local extends Base {
    #value() {
      return k;
    }
    static #shared() {
      return k + 1;
    }
    values = [this.#value, super.tagger()];
    static get shared() {
      return Local.#shared;
    }
    check(fn: unknown) {
      return this.#value === fn;
    }
  }
  const local = new Local();
  const { values } = local;
  const { shared } = Local;
  await null;
  await null;
  return [values.map((fn: any) => fn()), shared(), local.check(values[0]), shared === Local.shared, local.tagger() === values[1]];
}
