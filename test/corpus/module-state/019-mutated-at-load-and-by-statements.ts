const squares: number[] = [];
let sum = 0;
for (let i = 1; i <= 4; i++) {
  squares.push(i * i);
  sum += i;
}
const lookup = new Map<number, string>();
squares.forEach((n, i) => lookup.set(n, `square of ${i + 1}`));
const hidden = { n: 0 };
var bump = () => ++hidden.n;
export default async function main() {
  const first = bump();
  squares.push(25);
  await null;
  sum += squares.at(-1)!;
  lookup.delete(1);
  await null;
  return { squares, sum, lookup, first, second: bump() };
}
