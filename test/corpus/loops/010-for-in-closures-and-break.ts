export default async function main() {
  const readers: (() => string)[] = [];
  outer: for (const key in { a: 1, b: 2, c: 3 }) {
    for (const inner in { x: 1, y: 2 }) {
      readers.push(() => key + inner);
      await null;
      if (inner === 'x' && key === 'b') continue outer;
      if (key === 'c') break outer;
    }
  }
  return readers.map((f) => f());
}
