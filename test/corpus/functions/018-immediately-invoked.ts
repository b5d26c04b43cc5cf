export default async function main() {
  const a = await (async () => (await 1) + 1)();
  const b = await (async function (x: number) { return (await x) * 2; })(a);
  const c = await (async (x = a, ...rest: number[]) => [await x, ...rest])(undefined, 8, 9);
  void (async () => { await null; })();
  const d = await (async () => await (async () => await (async () => await 'deep')())())();
  return [a, b, c, d];
}
