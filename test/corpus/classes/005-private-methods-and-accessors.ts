class Vault {
  #secret = 1;
  async #open(by: string) {
    await null;
    return `${by} opened ${this.#code}`;
  }
  get #code() {
    return `code ${this.#secret}`;
  }
  set #code(value: string) {
    this.#secret = value.length;
  }
  static #count() {
    return 'static private';
  }
  async run() {
    const first = await this.#open('one');
    this.#code = await 'four';
    const open = this.#open;
    const second = await open.call(this, 'two');
    this.#code += await '!!';
    return [first, second, this.#secret, Vault.#count(), await Vault.#later()];
  }
  static async #later() {
    await null;
    return Vault.#count() + ' later';
  }
}
export default async function main() {
  const vault = new Vault();
  await null;
  return [await vault.run(), await vault.run()];
}
