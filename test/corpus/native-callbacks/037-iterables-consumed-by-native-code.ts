export default async function main() {
  const log: string[] = [];
  const upTo = (limit: number): Iterable<number> => ({
    [Symbol.iterator]() {
      let n = 0;
      return {
        next: () => {
          log.push(`next ${n}`);
          return n < limit ? { value: n++, done: false } : { value: undefined, done: true };
        },
        return: () => {
          log.push('return');
          return { value: undefined, done: true };
        },
      };
    },
  });
  const array = Array.from(upTo(2));
  await null;
  const set = new Set(upTo(3));
  const [first] = upTo(9);
  await null;
  const map = new Map([...upTo(2)].map((n) => [n, n * n] as const));
  return { array, set, first, map, max: Math.max(...upTo(4)), log };
}
