export default async function main() {
  const readers: (() => number)[] = [];
  for (let i = 0; i < 3; i++) {
    readers.push(() => i);
    await null;
  }
  const writers: (() => number)[] = [];
  for (let i = 0; i < 3; i += 1) {
    writers.push(() => (i += 10));
    await null;
    i += 0;
  }
  await null;
  return { readers: readers.map((f) => f()), writers: writers.map((f) => f()), again: writers.map((f) => f()) };
}
