type Matrix = number[][];
async function cell(a: Matrix, b: Matrix, i: number, j: number) {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += (await a[i]![k]!) * b[k]![j]!;
  return sum;
}
async function multiply(a: Matrix, b: Matrix): Promise<Matrix> {
  return Promise.all(a.map((_, i) => Promise.all(b[0]!.map((_, j) => cell(a, b, i, j)))));
}
async function power(m: Matrix, n: number): Promise<Matrix> {
  if (n === 1) return m;
  const half = await power(m, n >> 1);
  const square = await multiply(half, half);
  return n & 1 ? await multiply(square, m) : square;
}
export default async function main() {
  const fibonacci = await power([[1, 1], [1, 0]], 20);
  const product = await multiply([[1, 2, 3]], [[1], [2], [3]]);
  return { fibonacci, product };
}
