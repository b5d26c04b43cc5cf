export default async function main() {
  const kept = [NaN, -0, 0, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, Number.MAX_VALUE, Number.EPSILON, 0.1 + 0.2, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53 + 2, 1e21, -1e-7, 127, 128, 255, 256, 65535, 65536];
  let nan = NaN, minus = -0;
  await null;
  return { kept, nan, minus, one: 1 / minus };
}
