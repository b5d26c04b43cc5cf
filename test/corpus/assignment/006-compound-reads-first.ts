export default async function main() {
  let x = 1;
  x += await (async () => { x = 100; return 2; })();
  const first = x;
  const o: any = { n: 1 };
  o.n += await (async () => { o.n = 100; return 2; })();
  let s = 'a';
  s += (s += 'b') + (await (s += 'c'));
  let y = 5;
  y = y + (await (y = 50)) + y;
  let z = 5;
  z -= (await (z = 1), z);
  return { first, n: o.n, s, y, z };
}
