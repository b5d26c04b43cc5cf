class Sum {
  #n = 1;
  #add(by: number) {
    return (this.#n += by);
  }
  static #make(n: number) {
    const made = new Sum();
    made.#n = n;
    return made;
  }
  adder() {
    return this.#add;
  }
  bound() {
    return this.#add.bind(this);
  }
  static maker() {
    return Sum.#make;
  }
  isOwn(fn: unknown) {
    return fn === this.#add;
  }
}

export default async function main(): Promise<unknown> {
  const sum = new Sum();
  const add = sum.adder();
  const bound = sum.bound();
  const make = Sum.maker();
  await null;
  add.call(sum, 5);
  const made = make(7);
  await null;
  return [bound(1), sum.isOwn(add), made.isOwn(add), add.call(made, 1), make === Sum.maker(), add.name];
}
