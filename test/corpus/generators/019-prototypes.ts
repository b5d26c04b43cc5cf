function* plain() {
  yield 1;
}
const local = {
  *method() {
    yield 2;
  },
};
class Holder {
  *method() {
    yield 3;
  }
}

const tag = (value: unknown): string => Object.prototype.toString.call(value);

export default async function main() {
  function* inside() {
    yield 4;
  }
  const GeneratorFunction = Object.getPrototypeOf(plain).constructor as Function;
  const seen: unknown[] = [];
  for (const fn of [plain, local.method, Holder.prototype.method, inside]) {
    const made = (fn as typeof plain)();
    await null;
    const property = Object.getOwnPropertyDescriptor(fn, 'prototype')!;
    seen.push([
      fn.name,
      fn.length,
      tag(fn),
      tag(made),
      made instanceof (fn as never),
      fn instanceof GeneratorFunction,
      fn instanceof Function,
      Object.getPrototypeOf(made) === fn.prototype,
      Object.getPrototypeOf(fn.prototype) === Object.getPrototypeOf(plain.prototype),
      [property.writable, property.enumerable, property.configurable],
      Reflect.ownKeys(fn.prototype as object),
      Reflect.ownKeys(fn).includes('prototype'),
    ]);
  }
  const GeneratorPrototype = Object.getPrototypeOf(plain.prototype) as object;
  seen.push(
    GeneratorFunction.name,
    GeneratorFunction.length,
    GeneratorFunction.prototype === Object.getPrototypeOf(plain),
    (GeneratorPrototype as { constructor: unknown }).constructor === GeneratorFunction.prototype,
    (GeneratorFunction.prototype as { prototype: unknown }).prototype === GeneratorPrototype,
    Reflect.ownKeys(GeneratorPrototype).map(String).toSorted(),
    tag(GeneratorFunction.prototype),
    Object.getPrototypeOf(GeneratorPrototype) === Iterator.prototype,
    plain() instanceof Iterator,
  );
  return seen;
}
