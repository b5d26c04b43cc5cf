async function tracked(n: number) {
  await null;
  return n;
}
export default async function main() {
  const f: any = async () => (await f.count) + 1;
  f.count = 41;
  f.nested = { deep: async () => await 'deep' };
  await null;
  return [await f(), f.count, await f.nested.deep(), Object.keys(f), await tracked(1)];
}
