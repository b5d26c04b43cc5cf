class Fraction {
  readonly n: bigint;
  readonly d: bigint;
  static readonly zero = new Fraction(0n);
  constructor(n: bigint, d = 1n) {
    const sign = d < 0n ? -1n : 1n;
    const by = sign * (gcd(n < 0n ? -n : n, d * sign) || 1n);
    this.n = n / by;
    this.d = d / by;
  }
  minus = (o: Fraction) => new Fraction(this.n * o.d - o.n * this.d, this.d * o.d);
  times = (o: Fraction) => new Fraction(this.n * o.n, this.d * o.d);
  over = (o: Fraction) => new Fraction(this.n * o.d, this.d * o.n);
  get isZero(): boolean {
    return this.n === 0n;
  }
  toString(): string {
    return this.d === 1n ? `${this.n}` : `${this.n}/${this.d}`;
  }
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === 'number' ? Number(this.n) / Number(this.d) : this.toString();
  }
}
function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a;
}
type Matrix = Fraction[][];
async function eliminate(matrix: Matrix, log: string[]): Promise<Fraction> {
  let determinant = new Fraction(1n);
  columns: for (let column = 0; column < matrix.length; column++) {
    let pivot = column;
    while (matrix[pivot]![column]!.isZero) {
      if (++pivot < matrix.length) continue;
      log.push(`column ${column} is empty`);
      determinant = Fraction.zero;
      continue columns;
    }
    if (pivot !== column) {
      [matrix[pivot], matrix[column]] = [matrix[column]!, matrix[pivot]!];
      determinant = determinant.times(new Fraction(-1n));
      log.push(`swap ${column} and ${pivot}`);
    }
    const head = matrix[column]![column]!;
    determinant = determinant.times(head);
    for (const row of matrix.slice(column + 1)) {
      const factor = row[column]!.over(head);
      await null;
      for (const [index, value] of matrix[column]!.entries()) row[index] = row[index]!.minus(value.times(factor));
    }
  }
  return determinant;
}
export default async function run() {
  const of = (...rows: number[][]): Matrix => rows.map((row) => row.map((n) => new Fraction(BigInt(n))));
  const log: string[] = [];
  const matrices = [of([0, 2, 1], [3, 1, 4], [6, 5, 2]), of([1, 2], [2, 4]), of([2, 0, 0, 1], [0, 3, 0, 2], [1, 0, 4, 0], [5, 1, 0, 1])];
  const results: unknown[] = [];
  for (const matrix of matrices) results.push([`${await eliminate(matrix, log)}`, matrix.map((row) => row.join(' '))]);
  return [results, log, +new Fraction(3n, -4n), `${new Fraction(-6n, -4n)}`];
}
