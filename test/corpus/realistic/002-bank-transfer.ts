class InsufficientFunds extends Error {
  override name = 'InsufficientFunds';
}
class Account {
  #balance: number;
  readonly entries: string[] = [];
  constructor(readonly id: string, balance: number) { this.#balance = balance; }
  get balance() { return this.#balance; }
  async withdraw(amount: number) {
    await null;
    if (amount > this.#balance) throw new InsufficientFunds(`${this.id} has ${this.#balance}`);
    this.#balance -= amount;
    this.entries.push(`-${amount}`);
  }
  async deposit(amount: number) {
    await null;
    if (this.id === 'closed') throw new Error('account closed');
    this.#balance += amount;
    this.entries.push(`+${amount}`);
  }
}
async function transfer(from: Account, to: Account, amount: number) {
  let withdrawn = false;
  try {
    await from.withdraw(amount);
    withdrawn = true;
    await to.deposit(amount);
    return 'done';
  } catch (error: any) {
    if (withdrawn) await from.deposit(amount);
    return `${error.name}: ${error.message}`;
  }
}
export default async function main() {
  const [a, b, closed] = [new Account('a', 100), new Account('b', 10), new Account('closed', 0)];
  const results = [await transfer(a, b, 30), await transfer(b, a, 500), await transfer(a, closed, 20)];
  results.push(...(await Promise.all([transfer(a, b, 60), transfer(a, b, 60)])));
  return { results, balances: [a.balance, b.balance], entries: [a.entries, b.entries] };
}
