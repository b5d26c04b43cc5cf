const Registry = function (this: any, name: string) {
  this.name = name;
} as any;
Registry.prefix = 'reg';
Registry.of = function (name: string) {
  return new Registry(`${Registry.prefix}-${name}`);
};
Registry.prototype.toString = function () {
  return `<${this.name}>`;
};

export default async function main(): Promise<unknown> {
  const a = Registry.of('a');
  await null;
  const b = Registry.of('b');
  await null;
  return [`${a}`, `${b}`, a instanceof Registry, Registry.prototype.isPrototypeOf(b), a.constructor.name];
}
