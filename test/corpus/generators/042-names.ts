const key = Symbol('sym');
const computed = 'com' + 'puted';
const object = {
  *method() {},
  *[computed]() {},
  *[key]() {},
  *'with space'() {},
  *7() {},
  property: function* () {},
  named: function* own() {},
};
class Holder {
  *method() {}
  static *fixed() {}
  *[computed]() {}
  *[key]() {}
  field = function* () {};
  static *[Symbol.iterator]() {
    yield 1;
  }
}

export default async function main() {
  const assigned = function* () {};
  let later;
  later = function* () {};
  const { inPattern = function* () {} } = {} as { inPattern?: () => Generator };
  await null;
  const names = Reflect.ownKeys(object).map((name) => (object as any)[name].name as string);
  const own = Reflect.ownKeys(Holder.prototype).map((name) => (Holder.prototype as any)[name].name as string);
  return [names, own, Holder.fixed.name, new Holder().field.name, Holder[Symbol.iterator].name, [...Holder], assigned.name, later.name, inPattern.name, (function* () {}).name];
}
