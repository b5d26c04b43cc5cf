async function next(value: bigint): Promise<bigint> {
  await null;
  return value * 3n + 1n;
}
export default async function main() {
  let n = 2n ** 64n;
  n = (await next(n)) - (await next(1n));
  n += await next(-5n);
  n **= 2n;
  return [n, n > (await next(0n)), -(await next(7n)), BigInt.asUintN(64, n)];
}
