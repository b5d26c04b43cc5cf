/** Static fields that only patterns, loop heads, computed keys or another module assign: they belong to the instance too. */
import { Counter } from '../imports/_lib/assigned-statics.ts';

class Totals {
  static byArray = 0;
  static byObject = 0;
  static byLoop = 0;
  static byIn = '';
  static untouched = 7;
  static #secret = 1;

  static async reveal() {
    [this.#secret = 5] = [] as number[];
    await null;
    return this.#secret;
  }
}

class Keyed {
  static first = 1;
  static second = 2;
  static async set(key: 'first' | 'second', value: number) {
    await null;
    this[key] = value;
  }
}

export default async function main() {
  [Totals.byArray] = [2];
  await null;
  ({ a: Totals.byObject = 3 } = {} as { a?: number });
  await null;
  for (Totals.byLoop of [4, 5]) await null;
  for (Totals.byIn in { x: 1, y: 2 }) await null;
  await Keyed.set('second', 20);
  Counter.count += 10;
  [Counter.last] = ['end'];
  await null;
  await null;
  const { byArray, byObject, byLoop, byIn, untouched } = Totals;
  return [
    { byArray, byObject, byLoop, byIn, untouched },
    await Totals.reveal(),
    [Keyed.first, Keyed.second],
    [Counter.count, Counter.last],
  ];
}
