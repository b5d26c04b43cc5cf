class Account {
  #balance = 100;
  #history: string[] = [];
  view() {
    const account = this;
    return class View {
      #reads = 0;
      get balance() {
        this.#reads++;
        return account.#balance;
      }
      async spend(amount: number) {
        const before = account.#balance;
        await null;
        account.#balance -= amount;
        account.#history.push(`${before}->${account.#balance}`);
        await null;
        return [this.#reads, account.#history.length];
      }
      later() {
        return () => account.#history.concat(String(this.#reads));
      }
    };
  }
}

export default async function main(): Promise<unknown> {
  const account = new Account();
  const View = account.view();
  const view = new View();
  const log: unknown[] = [view.balance];
  log.push(await view.spend(30));
  const later = view.later();
  await null;
  log.push(view.balance, await view.spend(20), later());
  return log;
}
