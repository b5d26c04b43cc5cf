function make(a: number, b = a + 1, { c = () => a + b, ...rest }: any = {}, ...more: number[]) {
  const read = () => [a, b, c(), rest, more];
  const write = (x: number) => { a = x; b += x; more.push(x); };
  return { read, write };
}
export default async function main() {
  const x = make(1), y = make(1, 2, { d: 'd' }, 7, 8);
  await null;
  x.write(10);
  y.write(20);
  await null;
  return [x.read(), y.read()];
}
