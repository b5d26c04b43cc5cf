const Named = class Inner {
  async who() { await null; return Inner.name; }
};
const Anonymous = class {
  x = 1;
};
const { Destructured = class { y = 2; } } = {} as any;
export class Exported { z = 3; }
export default async function main() {
  const a = new Named(), b = new Anonymous(), c = new Destructured(), d = new Exported();
  await null;
  return { who: await a.who(), b, c, d, names: [Named.name, Anonymous.name, Destructured.name] };
}
