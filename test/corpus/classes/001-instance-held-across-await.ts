class Money {
  constructor(readonly amount: number, readonly currency: string) {}
  plus(other: Money) {
    return new Money(this.amount + other.amount, this.currency);
  }
}
export default async function main() {
  const a = new Money(1, 'EUR');
  await null;
  const b = a.plus(new Money(2, 'EUR'));
  await null;
  return { a, b, is: b instanceof Money, constructor: b.constructor === Money, prototype: Object.getPrototypeOf(a) === Money.prototype };
}
