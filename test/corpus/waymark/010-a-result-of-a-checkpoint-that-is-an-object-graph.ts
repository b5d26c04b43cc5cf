import { checkpoint } from 'waymark';
/** What commit gives is used as it is: shared objects, classes, cycles. */
class Receipt {
  readonly lines: { of?: Receipt; text: string }[] = [];
  add(text: string) {
    this.lines.push({ of: this, text });
    return this;
  }
}
export default async function main() {
  const shared = { rate: 3 };
  const make = () => ({ receipt: new Receipt().add('one').add('two'), shared, list: [shared] });
  const first = await checkpoint({ commit: make, recover: make });
  shared.rate++;
  const second = await checkpoint({ commit: () => first, recover: () => first });
  await null;
  return {
    same: second === first,
    instance: second.receipt instanceof Receipt,
    cycle: second.receipt.lines.every(({ of }) => of === first.receipt),
    rates: [first.shared.rate, second.list[0]!.rate, first.list[0] === shared],
    texts: second.receipt.lines.map(({ text }) => text),
  };
}
