export default async function main() {
  const calls: number[] = [];
  const memoise = <A, R>(f: (a: A) => Promise<R>) => {
    const cache = new Map<A, Promise<R>>();
    return (a: A) => {
      let hit = cache.get(a);
      if (!hit) cache.set(a, (hit = f(a)));
      return hit;
    };
  };
  const square = memoise(async (n: number) => {
    calls.push(n);
    await null;
    return n * n;
  });
  const results = [await square(3), await square(4), await square(3), ...(await Promise.all([square(5), square(5)]))];
  return { results, calls, same: square(3) === square(3) };
}
