class Base {
  #v = 1;
  get value() { return this.#v; }
  set value(v: number) { this.#v = v; }
  static get label() { return `label of ${this.name}`; }
}
class Derived extends Base {
  override get value() { return super.value * 100; }
  override set value(v: number) { super.value = v + 1; }
  async run() {
    const log: unknown[] = [this.value, super.value];
    await null;
    super.value = await 5;
    log.push(this.value, super.value);
    const arrow = async () => { super.value = (await super.value) + 1; return super.value; };
    log.push(await arrow());
    this.value = await 7;
    log.push(super.value, this.value);
    return log;
  }
  static async run() {
    await null;
    return super.label;
  }
}
export default async function main() {
  return [await new Derived().run(), await Derived.run()];
}
