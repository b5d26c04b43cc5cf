export default async function main(): Promise<unknown> {
  class A {
    who() {
      return 'a';
    }
  }
  class B {
    who() {
      return 'b';
    }
  }
  class C extends A {
    override who() {
      return `c+${super.who()}`;
    }
  }
  const c = new C();
  await null;
  const before = c.who();
  Object.setPrototypeOf(C.prototype, B.prototype);
  Object.setPrototypeOf(C, B);
  await null;
  const loose = Object.create(C.prototype);
  await null;
  return [before, c.who(), loose.who(), c instanceof A, c instanceof B, Object.getPrototypeOf(C) === B];
}
