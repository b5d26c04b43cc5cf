function fib(n: number): number {
  const known = fib.cache.get(n);
  if (known !== undefined) return known;
  const value = n < 2 ? n : fib(n - 1) + fib(n - 2);
  fib.cache.set(n, value);
  return value;
}
fib.cache = new Map<number, number>();
class Shape {
  declare static registry: string[];
  constructor(name: string) {
    Shape.registry.push(name);
  }
}
Shape.registry = [];
const makeHits = () => {
  let hits = 0;
  return () => ++hits;
};
function page(): number {
  return page.hits();
}
page.hits = makeHits();

export default async function run() {
  const first = fib(6);
  new Shape('a');
  page();
  await null;
  const sizes = [fib.cache.size, Shape.registry.length];
  new Shape('b');
  await null;
  return [first, sizes, fib(8), fib.cache.size, Shape.registry, page()];
}
