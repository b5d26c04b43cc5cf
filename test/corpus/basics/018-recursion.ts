async function factorial(n: number): Promise<number> {
  if (n <= 1) return 1;
  return n * (await factorial(n - 1));
}
async function fib(n: number): Promise<number> {
  return n < 2 ? n : (await fib(n - 1)) + (await fib(n - 2));
}
export default async function main() {
  return [await factorial(10), await fib(10)];
}
