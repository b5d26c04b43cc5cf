const power = async (base: bigint, exponent: bigint, modulus: bigint): Promise<bigint> => {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n, base = base ** 2n % modulus) if (exponent & 1n) result = (result * (await base)) % modulus;
  return result;
};
async function isPrime(n: bigint, ...witnesses: bigint[]): Promise<boolean> {
  if (n < 4n || !(n & 1n)) return n === 2n || n === 3n;
  let [d, r] = [n - 1n, 0];
  while (!(d & 1n)) d /= 2n, r++;
  witness: for (const a of witnesses) {
    let x = await power(a, d, n);
    if (x === 1n || x === n - 1n) continue;
    for (let i = 1; i < r; i++) {
      x = x ** 2n % n;
      await null;
      if (x === n - 1n) continue witness;
    }
    return false;
  }
  return true;
}
async function* collatz(n: bigint): AsyncGenerator<bigint, number> {
  let steps = 0;
  for (; n !== 1n; steps++) yield (n = n % 2n ? 3n * n + 1n : n >> 1n);
  return steps;
}
export default async function run() {
  const primes: bigint[] = [];
  for (let n = (1n << 61n) - 3n; primes.length < 2; n += 2n) if (await isPrime(n, 2n, 3n, 5n, 7n)) primes.push(n);
  const stream = collatz(27n);
  let top = 0n;
  let step = await stream.next();
  while (!step.done) [top, step] = [step.value > top ? step.value : top, await stream.next()];
  const negative = -17n;
  await null;
  let counter = 2n ** 64n;
  const before = counter++;
  counter **= await 2n;
  const mixed = [10n > 9, 2n == (2 as any), 1n < 1.5, typeof -counter, BigInt.asIntN(8, 200n), BigInt.asUintN(64, -1n), negative / 5n, negative % 5n, negative >> 1n, ~negative];
  let error = '';
  try {
    counter = (await counter) + (1 as any);
  } catch (caught) {
    error = (caught as Error).name;
  }
  const cells = new BigInt64Array([counter, -1n]);
  await null;
  return [primes, top, step.value, before, counter.toString(36), mixed, error, cells, Number(counter), BigInt('0xff') + BigInt(true), JSON.stringify({ n: 5n }, (_, v) => (typeof v === 'bigint' ? `${v}n` : v))];
}
