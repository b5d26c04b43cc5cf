async function twice(x: number): Promise<number> {
  await null;
  return x * 2;
}
async function f(a: number, p: Promise<number> = twice(a), read = () => a, inc = async () => ++a) {
  const b = await p;
  await inc();
  a += 10;
  return [a, b, read()];
}
export default async function main() {
  const arrow = async (x = 1, y = async () => x) => [x, await y(), (x = 5), await y()];
  return [await f(3), await arrow(), await arrow(7)];
}
