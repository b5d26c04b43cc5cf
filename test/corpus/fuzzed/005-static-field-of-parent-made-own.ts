/** A static method that changes `this.field` gives each class that inherits it a field of its own. */
class Counter {
  static count = 4;
  static label = 'counter';
  static async up() {
    await null;
    return this.count++;
  }
  static async rename(label: string) {
    await null;
    [this.label] = [label];
  }
  static async through() {
    await null;
    super['tag'] = this.count;
  }
  declare static tag: number;
}
class Child extends Counter {}
class Grandchild extends Child {}
class Other extends Counter {}

export default async function main() {
  const seen: number[] = [];
  for (const cls of [Counter, Child, Grandchild, Child, Counter]) seen.push(await cls.up());
  await Grandchild.rename('grand');
  await Child.through();
  await null;
  const own = [Counter, Child, Grandchild, Other].map((cls) => Object.keys(cls));
  return [seen, [Counter, Child, Grandchild, Other].map(({ count, label, tag }) => [count, label, tag]), own];
}
