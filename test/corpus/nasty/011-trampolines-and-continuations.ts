type Bounce<T> = { done: true; value: T } | { done: false; next: () => Promise<Bounce<T>> };
async function trampoline<T>(start: Bounce<T>): Promise<T> {
  let bounce = start;
  while (!bounce.done) bounce = await bounce.next();
  return bounce.value;
}
export default async function main() {
  const sum = (n: number, total = 0): Bounce<number> => (n === 0 ? { done: true, value: total } : { done: false, next: async () => sum(n - 1, total + n) });
  const withCallback = (n: number, k: (x: number) => Promise<number>): Promise<number> => (n === 0 ? k(1) : withCallback(n - 1, async (x) => k((await x) * n)));
  return [await trampoline(sum(200)), await withCallback(6, async (x) => x + 1)];
}
