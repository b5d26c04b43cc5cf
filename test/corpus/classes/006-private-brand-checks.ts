class A {
  #x = 1;
  async read(other: any) {
    await null;
    return other.#x;
  }
  static is(o: any) {
    return #x in o;
  }
}
class B {
  #x = 2;
  own() { return this.#x; }
}
export default async function main() {
  const a = new A(), b = new B();
  await null;
  const log: unknown[] = [await a.read(new A()), A.is(a), A.is(b), b.own()];
  try {
    log.push(await a.read(b));
  } catch (error: any) {
    log.push(error.constructor.name);
  }
  return log;
}
