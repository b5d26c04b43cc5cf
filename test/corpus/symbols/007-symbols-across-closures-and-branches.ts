function makeStore() {
  const hidden = Symbol('hidden');
  const reads: symbol[] = [];
  return {
    async put(target: any, value: unknown) {
      await null;
      target[hidden] = value;
      return target;
    },
    async get(target: any) {
      reads.push(hidden);
      await null;
      return target[hidden];
    },
    same: () => reads.every((symbol) => symbol === hidden),
  };
}

export default async function main() {
  const [one, two] = [makeStore(), makeStore()];
  const target = {};
  await Promise.all([one.put(target, 1), two.put(target, 2)]);
  const values = await Promise.all([one.get(target), two.get(target), one.get(target)]);
  return [values, one.same(), Object.getOwnPropertySymbols(target).length, Object.keys(target)];
}
