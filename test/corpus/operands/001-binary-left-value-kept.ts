async function change(set: () => void): Promise<number> {
  set();
  await null;
  return 1;
}
export default async function main() {
  let x = 10;
  const a = x + (await change(() => { x = 1000; }));
  const b = x * 2 + (await change(() => { x = 5; })) + x;
  const o = { n: 1 };
  const c = o.n + (await change(() => { o.n = 50; })) + o.n;
  return { a, b, c };
}
