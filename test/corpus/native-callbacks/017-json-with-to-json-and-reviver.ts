class Money {
  readonly cents: number;
  constructor(cents: number) {
    this.cents = cents;
  }
  toJSON(key: string): string {
    return `${key}=${(this.cents / 100).toFixed(2)}`;
  }
}
export default async function main() {
  const keys: string[] = [];
  const order = { id: 7, price: new Money(1250), lines: [new Money(5)], hidden: 1, when: { toJSON: () => 'now' } };
  const text = JSON.stringify(order, function (this: unknown, key, value) {
    keys.push(`${key}:${typeof this}`);
    return key === 'hidden' ? undefined : value;
  });
  await null;
  const back = JSON.parse(text, (key, value) => (key === 'id' ? value + 1 : value)) as unknown;
  return { text, keys, back };
}
