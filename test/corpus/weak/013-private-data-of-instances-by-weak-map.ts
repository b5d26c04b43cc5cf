const balances = new WeakMap<Account, number>();

class Account {
  constructor(start: number) {
    balances.set(this, start);
  }

  get balance(): number {
    return balances.get(this)!;
  }

  async deposit(amount: number): Promise<this> {
    await null;
    balances.set(this, this.balance + amount);
    return this;
  }
}

export default async function main() {
  const [mine, yours] = [new Account(10), new Account(20)];
  await Promise.all([mine.deposit(1), yours.deposit(2), mine.deposit(3)]);
  return [mine.balance, yours.balance, balances.has(mine), balances.has({} as never)];
}
