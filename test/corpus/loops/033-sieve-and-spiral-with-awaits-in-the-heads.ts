const walk = function* (width: number, height: number): Generator<readonly [x: number, y: number]> {
  let [x0, y0, x1, y1] = [0, 0, width - 1, height - 1];
  while (x0 <= x1 && y0 <= y1) {
    for (let x = x0; x <= x1; x++) yield [x, y0];
    for (let y = ++y0; y <= y1; y++) yield [x1, y];
    x1--;
    if (y0 <= y1) for (let x = x1; x >= x0; x--) yield [x, y1];
    y1--;
    if (x0 <= x1) for (let y = y1; y >= y0; y--) yield [x0, y];
    x0++;
  }
};
async function sieve(limit: number): Promise<number[]> {
  const composite = new Uint8Array(limit + 1);
  const primes: number[] = [];
  for (let n = await 2; n <= limit; n += await 1) {
    if (composite[n]) continue;
    primes.push(n);
    for (let m = n * n; m <= limit; composite[m] = 1, m += n);
  }
  return primes;
}
export default async function run() {
  const grid = Array.from({ length: 3 }, () => Array<number>(4).fill(0));
  let n = 0;
  for (const [x, y] of walk(4, 3)) {
    grid[y]![x] = ++n;
    if (n % 5 === 0) await null;
  }
  const primes = await sieve(50);
  const found: string[] = [];
  search: for (let a = 0, b = primes.length - 1; a < b && (await true); a++, b += await 1) {
    b--;
    for (; a < b; ) {
      const sum = primes[a]! + primes[b]!;
      if (sum === 50) {
        found.push(`${primes[a]}+${primes[b]}`);
        continue search;
      } else if (sum < 50) a += await 1;
      else if (--b < 3) break search;
    }
  }
  let text = '';
  for (let i = 0, j = 10, both; (both = await (i * j)) < 25; [i, j] = [i + 1, await (j - 1)]) text += `${both},`;
  const steps: number[] = [];
  for (let k = 27, guard = 0; k !== 1 && guard++ < 12; k = (await k) % 2 ? 3 * k + 1 : k / 2) steps.push(k);
  return [grid, primes, found, text, steps];
}
