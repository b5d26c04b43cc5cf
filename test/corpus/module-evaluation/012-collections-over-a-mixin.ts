type Constructor<T = object> = new (...args: any[]) => T;
const audited = <B extends Constructor>(Base: B) => {
  const trail: string[] = [];
  return class extends Base {
    static trail(): string {
      return trail.join();
    }
    note(what: string): this {
      trail.push(what);
      return this;
    }
  };
};
class Names extends audited(Array)<string> {
  add(name: string): number {
    this.note(`+${name}`);
    return this.push(name);
  }
}
class Rates extends audited(Map) {
  override set(key: unknown, value: unknown): this {
    this.note(`${String(key)}=${String(value)}`);
    return super.set(key, value);
  }
}
class Tags extends audited(Set) {}
class Later extends audited(Promise)<number> {}

export default async function run() {
  const names = new Names();
  names.add('a');
  const rates = new Rates();
  rates.set('EUR', 1);
  await null;
  const tags = new Tags(['x']);
  names.add('b');
  const upper = names.map((name) => name.toUpperCase());
  await null;
  rates.set('USD', 2).note('done');
  tags.add('y');
  tags.note('tagged');
  const later = new Later((resolve) => resolve(5));
  later.note('late');
  await null;
  const value = await later.then((n) => n + 1);
  return [
    names.length, [...names], upper instanceof Names, upper.join(), Names.trail(), Rates.trail(), [...rates], Tags.trail(), [...tags], value,
    Later.trail(), later instanceof Promise, later.then(() => 0) instanceof Later, Array.isArray(names),
  ];
}
