class Base {
  n = 1;
  value(x: number) { return this.n + x; }
}
class Derived extends Base {
  #n = 10;
  async run() {
    const a = this.#n + (await (this.#n = 20)) + this.#n;
    const b = super.value(await (this.n = 100)) + super.value(1);
    const c = super.value(this.#n++ + (await this.#n++)) + this.#n;
    const d = super.value(await ((this.n = 7), 5));
    return [a, b, c, d];
  }
}
export default async function main() {
  return new Derived().run();
}
