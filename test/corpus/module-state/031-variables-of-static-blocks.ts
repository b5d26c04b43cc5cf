class Register {
  static bump: () => number;
  static #peek: () => unknown;
  static look() {
    return Register.#peek();
  }
  static {
    let count = 10;
    const list: number[] = [];
    var total = 0;
    Register.bump = () => {
      list.push(count);
      total += count;
      return ++count;
    };
    this.#peek = () => [count, list, total];
  }
}

export default async function main(): Promise<unknown> {
  Register.bump();
  await null;
  Register.bump();
  await null;
  return [Register.bump(), Register.look()];
}
