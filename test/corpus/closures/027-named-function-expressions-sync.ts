export default async function main() {
  const fact = function self(n: number): number { return n <= 1 ? 1 : n * self(n - 1); };
  const table = { fib: function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); } };
  const renamed = table.fib;
  table.fib = () => -1;
  await null;
  return [fact(5), renamed(10), fact.name, renamed.name, table.fib(1)];
}
