function makeMoney(currency: string) {
  const cache = new Map<number, Money>();
  class Money {
    private constructor(readonly cents: number) {}
    static of(cents: number) {
      let known = cache.get(cents);
      if (!known) cache.set(cents, (known = new Money(cents)));
      return known;
    }
    plus(other: Money) {
      return Money.of(this.cents + other.cents);
    }
    toString() {
      return `${(this.cents / 100).toFixed(2)} ${currency}`;
    }
  }
  return { Money, cached: () => cache.size };
}

export default async function main(): Promise<unknown> {
  const { Money, cached } = makeMoney('EUR');
  const other = makeMoney('USD');
  const five = Money.of(500);
  await null;
  const sum = five.plus(Money.of(250));
  await null;
  return [
    `${sum}`,
    sum === Money.of(750),
    five === Money.of(500),
    cached(),
    other.cached(),
    `${other.Money.of(1)}`,
    five instanceof (other.Money as any),
  ];
}
