type Constructor<T = object> = new (...args: any[]) => T;
const trace: string[] = [];
const A = <B extends Constructor>(Base: B) => class A extends Base {
  a = trace.push('a');
  #a = 'private a';
  who(): string { return `A(${this.#a})`; }
};
const B = <T extends Constructor<{ who(): string }>>(Base: T) => class B extends Base {
  b = trace.push('b');
  #b = 'private b';
  override who(): string { return `B(${this.#b},${super.who()})`; }
  rename(to: string): this { this.#b = to; return this; }
};
const C = <T extends Constructor<{ who(): string }>>(Base: T) => class C extends Base {
  static instances = new Set<object>();
  c = trace.push('c');
  constructor(...args: any[]) { super(...args); C.instances.add(this); }
  override who(): string { return `C(${super.who()})`; }
  async soon(): Promise<string> { await null; return `soon ${super.who()}`; }
};
const Mixed = C(B(A(Object)));
class Leaf extends Mixed {
  override who(): string { return `Leaf(${super.who()})`; }
}
class Other extends C(Mixed) {}

export default async function run() {
  const leaf = new Leaf();
  await null;
  leaf.rename('renamed');
  const other = new Other();
  await null;
  const chain: string[] = [];
  for (let at = Object.getPrototypeOf(Other); at !== Function.prototype; at = Object.getPrototypeOf(at)) chain.push(at.name);
  return [leaf.who(), await leaf.soon(), other.who(), Mixed.instances.size, (Other as any).instances.size, Mixed.instances.has(leaf), trace.join(''), chain];
}
