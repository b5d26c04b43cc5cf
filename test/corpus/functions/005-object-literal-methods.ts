export default async function main() {
  const account = {
    balance: 10,
    async deposit(amount: number) {
      const before = this.balance;
      await null;
      this.balance += amount;
      return [before, this.balance];
    },
    get later() {
      return (async () => {
        await null;
        return this.balance * 2;
      })();
    },
  };
  const a = await account.deposit(5);
  const b = await account.later;
  return { a, b, balance: account.balance };
}
