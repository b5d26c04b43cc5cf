async function first<T, U = string>(list: readonly T[], fallback?: U): Promise<T | U | undefined> {
  const item = await list[0];
  return item ?? fallback;
}
export default async function main() {
  const arrow = async <T,>(x: T, f?: (x: T) => Promise<T>): Promise<T> => (await f?.(x)) ?? x;
  return [await first([1, 2]), await first<number>([], 'none'), await first([]), await arrow(1), await arrow(1, async (x) => (await x) + 1)];
}
