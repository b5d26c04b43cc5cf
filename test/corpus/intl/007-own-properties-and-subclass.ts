class Money extends Intl.NumberFormat {
  label = 'money';
  show(value: number): string {
    return `${this.label}: ${this.format(value)}`;
  }
}

export default async function main() {
  const money = new Money('de', { style: 'currency', currency: 'EUR' });
  const plain: any = new Intl.NumberFormat('en');
  plain.note = { of: plain };
  Object.freeze(plain);
  await null;
  return [money.show(5), money instanceof Money, money instanceof Intl.NumberFormat, plain.note.of === plain, Object.isFrozen(plain), plain.format(1e6)];
}
