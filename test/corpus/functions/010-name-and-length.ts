async function declared(a: number, b: number) {
  return (await a) + b;
}
class K {
  async method(a: unknown) { return await a; }
  static async s() { return await 1; }
  field = async (a: unknown, b: unknown, ...c: unknown[]) => [await a, b, c];
  get g() { return async () => await 1; }
  async ['computed' + 1](x: unknown, y = 2) { return [await x, y]; }
}
export default async function main() {
  const arrow = async (a: unknown, b = 2) => [await a, b];
  const expression = async function named(a: unknown) { return await a; };
  const object = { async short(a: unknown, b: unknown) { return [await a, b]; }, prop: async () => await 1, 'quoted name': async () => await 1, [Symbol.iterator]: async () => await 1 };
  const k = new K();
  await null;
  const describe = (f: any) => `${f.name}/${f.length}`;
  return [declared, K.prototype.method, K.s, k.field, k.g, (k as any).computed1, arrow, expression, object.short, object.prop, object['quoted name'], object[Symbol.iterator], main, async () => {}].map(describe);
}
