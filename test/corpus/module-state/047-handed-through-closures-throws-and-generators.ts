// Odd ways for a class to get to where it is changed.
class A {}
class B {}
class C {}
class D {}
class E {
  static self(): any {
    return this;
  }
}
class F extends E {}
function G() {}
function* classes() {
  yield A as any;
  yield B;
}
const touch = (target: any, key: string) => {
  target[key] = (target[key] ?? 0) + 1;
};
function over(this: any, key: string) {
  this[key] = 'over';
}
function old(..._: unknown[]) {
  // eslint-disable-next-line prefer-rest-params
  for (let index = 0; index < arguments.length; index++) arguments[index].old = index;
}
class Holder {
  held: any;
  set current(value: any) {
    this.held = value;
    value.wasHeld = true;
  }
  get current(): any {
    return this.held;
  }
}

export default async function run() {
  for (const cls of classes()) touch(cls, 'yielded');
  await null;
  try {
    throw C;
  } catch (error: any) {
    error.caught = true;
  }
  await null;
  over.call(C, 'called');
  over.apply(D, ['applied']);
  over.bind(A)('bound');
  await null;
  F.self().viaThis = 1;
  const holder = new Holder();
  holder.current = B;
  await null;
  holder.current.read = true;
  old(D, G);
  const settle = new Promise<any>((resolve) => resolve(D));
  (await settle).awaited = true;
  await null;
  (await Promise.all([A, Promise.resolve(C)])).forEach((cls: any) => touch(cls, 'all'));
  const proxy: any = new Proxy(G, {});
  proxy.proxied = true;
  await null;
  const bump = ((target: any) => () => touch(target, 'closed'))(G);
  bump();
  await null;
  bump();
  await null;
  return [A, B, C, D, E, F, G].map((cls) => [cls.name, { ...cls }]);
}
