export default async function main(): Promise<unknown> {
  const tag = Symbol('tag');
  const values = [3, 1, 2];
  class Bag {
    [tag] = 'tagged';
    static [Symbol.hasInstance](value: unknown) {
      return Array.isArray(value) || Object(value)[tag] !== undefined;
    }
    [Symbol.iterator]() {
      return values[Symbol.iterator]();
    }
    get [Symbol.toStringTag]() {
      return 'Bag';
    }
    [Symbol.toPrimitive](hint: string) {
      return hint === 'number' ? values.length : `bag of ${values}`;
    }
  }
  const bag: any = new Bag();
  await null;
  values.push(4);
  await null;
  return [[...bag], String(bag), +bag, Object.prototype.toString.call(bag), [] instanceof Bag, bag instanceof Bag, bag[tag]];
}
