function Account(this: any, owner: string) {
  this.owner = owner;
  this.balance = 0;
}
Account.prototype.deposit = function (this: any, amount: number) {
  this.balance += amount;
  return this;
};

export default async function main(): Promise<unknown> {
  const Make = Account as any;
  const first = new Make('ann');
  first.deposit(5);
  await null;
  const second = new Make('bob').deposit(7);
  await null;
  const isShared = Object.getPrototypeOf(first) === Object.getPrototypeOf(second);
  return [
    first.deposit(1).balance,
    second.balance,
    isShared,
    first instanceof Make,
    first.constructor === Account,
    Object.keys(first),
  ];
}
