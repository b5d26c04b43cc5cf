import { Countable, counting, Ledger, makeCounter, make } from './_lib/factories.ts';

const counter = makeCounter();
const ledger = new Ledger('main');
const add = counting((a: number, b: number) => a + b);
const other = make.ledger('other');
class Thing extends Countable(Object) {}

export default async function run() {
  counter.up();
  ledger.put(5);
  other.put(1);
  const sums = [add(1, 2)];
  const thing = new Thing();
  await null;
  counter.up();
  ledger.put(6);
  other.put(2);
  sums.push(add(3, 4));
  await null;
  new Thing();
  return [counter.read(), ledger.total, other.total, sums, add.calls(), Thing.made(), thing instanceof Thing, thing.number];
}
