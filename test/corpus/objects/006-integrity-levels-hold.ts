export default async function main() {
  const frozen = Object.freeze({ a: 1, get b() { return 2; } });
  const sealed: any = Object.seal({ a: 1 });
  const closed: any = Object.preventExtensions([1, , 3]);
  const frozenFn = Object.freeze(Object.assign(() => 1, { tag: 't' }));
  const frozenMap: any = Object.freeze(new Map([[1, 2]]));
  await null;
  const attempts = [
    Reflect.set(frozen, 'a', 2), Reflect.defineProperty(frozen, 'c', { value: 1 }), Reflect.deleteProperty(frozen, 'b'), Reflect.set(sealed, 'a', 9), Reflect.deleteProperty(sealed, 'a'),
    Reflect.set(closed, 1, 'x'), Reflect.set(closed, 0, 'y'), Reflect.deleteProperty(closed, 2), Reflect.set(frozenFn, 'tag', 'u'), Reflect.setPrototypeOf(sealed, null),
  ];
  frozenMap.set(3, 4);
  await null;
  return [attempts, frozen.b, sealed.a, closed, frozenMap.size, [frozen, sealed, closed, frozenFn, frozenMap].map((each) => [Object.isFrozen(each), Object.isSealed(each), Object.isExtensible(each)])];
}
