export default async function main() {
  let n = 1;
  const array = [n, n++, await n++, n, [n, await n++], n];
  const object = { a: n, b: await n++, c: n, [`k${n}`]: await n++, d: n };
  const text = `${n}${n++}${await n++}${n}`;
  return { array, object, text };
}
