export default async function main() {
  const shared = { n: 1 };
  const value = { map: new Map([[shared, [shared]]]), when: new Date(5), re: /x/gi, bytes: new Uint8Array([1, 2]) };
  const copy = structuredClone(value);
  await null;
  const [[key, list]] = [...copy.map];
  shared.n = 2;
  const refused: string[] = [];
  for (const bad of [() => 1, Symbol('s'), { deep: [async () => 1] }]) {
    try {
      structuredClone(bad);
    } catch (error) {
      refused.push((error as Error).name);
    }
    await null;
  }
  return { same: key === list![0], n: key!.n, when: copy.when, re: copy.re, bytes: copy.bytes, refused };
}
