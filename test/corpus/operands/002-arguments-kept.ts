function list(...args: unknown[]) {
  return args;
}
export default async function main() {
  let x: any = 1;
  const a = list(x, (x = await 2), x, x++, (x += await 10), x);
  let s = 'a';
  const b = list(s, await (s = 'b'), s, `${s}${await (s = 'c')}${s}`);
  return { a, b, x };
}
