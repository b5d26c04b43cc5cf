async function* plain() {
  yield 1;
}
const local = { async *method() {} };
class Holder {
  async *method() {}
}
const tag = (value: unknown): string => Object.prototype.toString.call(value);

export default async function main() {
  const inside = async function* () {};
  const AsyncGeneratorFunction = Object.getPrototypeOf(plain).constructor as Function;
  const seen: unknown[] = [];
  for (const fn of [plain, local.method, Holder.prototype.method, inside]) {
    const made = fn();
    await null;
    const property = Object.getOwnPropertyDescriptor(fn, 'prototype')!;
    seen.push([
      fn.name,
      tag(fn),
      tag(made),
      made instanceof (fn as never),
      fn instanceof AsyncGeneratorFunction,
      Object.getPrototypeOf(made) === fn.prototype,
      [property.writable, property.enumerable, property.configurable],
      (made as unknown as AsyncIterable<unknown>)[Symbol.asyncIterator]() === made,
      Symbol.iterator in made,
    ]);
  }
  const prototype = Object.getPrototypeOf(plain.prototype) as Record<'next' | 'return' | 'throw', Function>;
  seen.push(
    AsyncGeneratorFunction.name,
    tag(AsyncGeneratorFunction.prototype),
    (['next', 'return', 'throw'] as const).map((name) => [prototype[name].name, prototype[name].length]),
    plain() instanceof AsyncGeneratorFunction,
    Symbol.asyncDispose in prototype,
  );
  try {
    seen.push(new (plain as never)());
  } catch (error) {
    seen.push((error as Error).name);
  }
  const wrong = prototype.next.call({}) as Promise<unknown>;
  seen.push(wrong instanceof Promise);
  await wrong.catch((error: Error) => seen.push(error.name));
  return seen;
}
