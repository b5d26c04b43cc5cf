function makeType(label: string): any {
  function Type(this: any, v: number) {
    this.v = v;
  }
  Type.prototype.show = function (this: any) {
    return `${label}:${this.v}`;
  };
  return Type;
}

export default async function main(): Promise<unknown> {
  const A = makeType('a');
  const B = makeType('b');
  const items = [new A(1), new B(2), new A(3)];
  await null;
  items.push(new B(4));
  await null;
  return items.map((item) => [
    item.show(),
    item instanceof A,
    item instanceof B,
    item.constructor === A,
    Object.getPrototypeOf(item) === B.prototype,
  ]);
}
