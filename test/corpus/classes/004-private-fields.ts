class Account {
  #balance = 0;
  #history: number[] = [];
  readonly owner: string;
  constructor(owner: string) {
    this.owner = owner;
  }
  async deposit(amount: number) {
    await null;
    this.#balance += amount;
    this.#history.push(amount);
    return this;
  }
  get balance() {
    return this.#balance;
  }
  history() {
    return [...this.#history];
  }
  static compare(a: Account, b: Account) {
    return a.#balance - b.#balance;
  }
}
export default async function main() {
  const a = await new Account('a').deposit(5);
  const b = await (await new Account('b').deposit(7)).deposit(8);
  await null;
  return { a, balances: [a.balance, b.balance], history: b.history(), compare: Account.compare(a, b), keys: Object.keys(a) };
}
