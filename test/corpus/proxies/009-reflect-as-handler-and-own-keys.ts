export default async function main() {
  const plain = new Proxy({ b: 1, a: 2 }, Reflect as never);
  const filtered = new Proxy(
    { _hidden: 1, shown: 2 },
    {
      ownKeys: (target) => Reflect.ownKeys(target).filter((key) => !String(key).startsWith('_')),
      getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(target, key),
    },
  );
  await null;
  const keys = [];
  for (const key in filtered) {
    await null;
    keys.push(key);
  }
  return { plain: { ...plain }, keys, all: Object.keys(filtered), spread: { ...filtered } };
}
