class A {
  prefix = 'A';
  async hello(name: string) {
    await null;
    return `${this.prefix}:hello ${name}`;
  }
  static async make(name: string) {
    await null;
    return `A.make ${name} ${this.name}`;
  }
}
class B extends A {
  override prefix = 'B';
  override async hello(name: string) {
    const first = await super.hello(name + '1');
    const arrow = async (x: string) => {
      await null;
      return super.hello(x);
    };
    const second = await arrow(name + '2');
    return `${first} | ${second} | ${await super.hello(await name)}`;
  }
  static override async make(name: string) {
    return `B(${await super.make(name)})`;
  }
}
class C extends B {
  override async hello(name: string) {
    return `C[${await super.hello(name)}]`;
  }
}
export default async function main() {
  return [await new C().hello('x'), await C.make('y'), await new B().hello('z')];
}
