class Base {
  #id: number;
  constructor(id: number) {
    this.#id = id;
  }
  get id() {
    return this.#id;
  }
  static create(this: any, id: number) {
    return new this(id);
  }
}

export default async function main(): Promise<unknown> {
  const prefix = 'd';
  class Derived extends Base {
    #tag = prefix.toUpperCase();
    get text() {
      return `${this.#tag}${super.id}`;
    }
  }
  const made = Derived.create(7);
  const plain = Base.create(8);
  await null;
  const again = Derived.create(9);
  await null;
  return [made.text, again.text, plain.id, made instanceof Base, plain instanceof Derived, made.constructor === Derived];
}
