export default async function main() {
  const fixed = await 'fixed';
  const object = { n: 1 };
  const a = async () => `${fixed} ${object.n++}`;
  const b = () => object;
  await null;
  const r = [await a(), await a(), b() === object];
  object.n = 50;
  return [...r, await a()];
}
