async function run(n: number) {
  let a, b;
  let c = 1;
  if (n > 0) a = await 'a';
  else b = await 'b';
  switch (n) {
    case 2:
      c = await 2;
    case 1:
      var d = await 'd';
  }
  await null;
  return { a, b, c, d };
}
export default async function main() {
  return [await run(0), await run(1), await run(2)];
}
