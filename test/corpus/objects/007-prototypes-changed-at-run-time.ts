export default async function main() {
  const base: any = { greet() { return `hi ${this.name}`; } };
  const other: any = { greet() { return `bye ${this.name}`; } };
  const object: any = Object.setPrototypeOf({ name: 'o' }, base);
  const list: any = Object.setPrototypeOf([1, 2], other);
  list.name = 'l';
  const fn: any = Object.setPrototypeOf(() => 1, base);
  Object.defineProperty(fn, 'name', { value: 'f' });
  await null;
  const before = [object.greet(), list.greet(), fn.greet(), Array.isArray(list), list.length];
  Object.setPrototypeOf(object, other);
  base.extra = 'late';
  await null;
  return [before, object.greet(), fn.extra, typeof list.map, Object.getPrototypeOf(object) === other, base.isPrototypeOf(fn)];
}
