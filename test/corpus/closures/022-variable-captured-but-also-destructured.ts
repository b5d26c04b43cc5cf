export default async function main() {
  let [a, { b }] = [1, { b: 2 }];
  const read = () => [a, b];
  await null;
  [a, b] = [b, a];
  const first = read();
  await null;
  ({ a, x: b = await 50 } = { a: 30 } as any);
  for (a of [7, 8]) await null;
  return [first, read()];
}
