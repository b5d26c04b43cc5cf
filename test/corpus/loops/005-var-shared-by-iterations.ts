export default async function main() {
  const readers: (() => number)[] = [];
  for (var i = 0; i < 3; i++) {
    var inner = i * 10;
    readers.push(() => i + inner);
    await null;
  }
  return { readers: readers.map((f) => f()), i, inner };
}
