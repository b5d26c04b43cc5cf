export default async function main() {
  const readers: (() => unknown)[] = [];
  for (const n of [1, 2]) {
    try {
      await null;
      throw { n };
    } catch (error: any) {
      readers.push(() => error.n++);
      await null;
      error = { n: error.n * 10 };
    }
  }
  return [...readers, ...readers].map((f) => f());
}
