export default async function main(): Promise<unknown> {
  let n = 1;
  const key = 'dyn';
  const object: any = {
    get a() {
      return n;
    },
    set a(value: number) {
      n = value;
    },
    get [key]() {
      return n * 2;
    },
    set [`${key}2`](value: number) {
      n += value;
    },
    get both() {
      return this.a;
    },
    inner: {
      get deep() {
        return object.a + 1;
      },
    },
    async slow() {
      await null;
      return this.a;
    },
    get later() {
      return async () => {
        await null;
        return this.a;
      };
    },
  };
  await null;
  object.a = 5;
  await null;
  object.dyn2 = 3;
  const get = Object.getOwnPropertyDescriptor(object, 'a')!.get!;
  await null;
  const derived = Object.create(object, { own: { get: () => n, enumerable: true } });
  await null;
  n++;
  return [
    [object.a, object.dyn, object.both, object.inner.deep, await object.slow(), await object.later()],
    [get(), derived.own, derived.a, Object.keys(object), Object.keys(derived)],
    get === Object.getOwnPropertyDescriptor(object, 'a')!.get,
    get.name,
    Object.getOwnPropertyDescriptor(object, 'dyn2')!.set!.name,
  ];
}
