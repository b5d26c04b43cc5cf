export default async function main(): Promise<unknown> {
  const rate = 3;
  class Vault {
    #sum = 0;
    #log: string[] = [];
    static #opened = 0;
    static #count() {
      return Vault.#opened;
    }
    constructor() {
      Vault.#opened++;
    }
    #note(text: string) {
      this.#log.push(`${text}@${rate}`);
    }
    get #size() {
      return this.#log.length;
    }
    set #total(value: number) {
      this.#sum = value * rate;
    }
    put(amount: number) {
      this.#total = amount;
      this.#note(`put ${amount}`);
      return this.#size;
    }
    read() {
      return [this.#sum, [...this.#log]];
    }
    static isVault(value: unknown) {
      return typeof value === 'object' && value !== null && #sum in value;
    }
    static get opened() {
      return Vault.#count();
    }
  }
  const vault = new Vault();
  vault.put(1);
  await null;
  vault.put(2);
  await null;
  new Vault();
  await null;
  return [vault.read(), Vault.isVault(vault), Vault.isVault({}), Vault.opened];
}
