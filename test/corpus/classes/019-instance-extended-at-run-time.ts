class Open {
  a = 1;
  async method() { return await 'prototype'; }
}
export default async function main() {
  const o: any = new Open();
  o.b = { c: 2 };
  o.method2 = async function (this: any) { return (await this.a) + 1; };
  delete o.a;
  o.a = 10;
  Object.defineProperty(o, 'fixed', { value: 'f', enumerable: false });
  o[Symbol.for('tag')] = 't';
  await null;
  const before = await o.method();
  o.method = async () => await 'own';
  await null;
  return { o: [Object.keys(o), o.fixed, o[Symbol.for('tag')], o.b], before, after: await o.method(), two: await o.method2() };
}
