/** Iterators of all typed arrays, written to between the steps. */
export default async function main() {
  const arrays = [
    new Int8Array(3),
    new Uint8ClampedArray(3),
    new Int16Array(3),
    new Uint32Array(3),
    new Float32Array(3),
    new Float64Array(3),
  ];
  const big = new BigUint64Array(3);
  const iterators = arrays.map((array) => array.entries());
  const bigValues = big.values();
  const seen: unknown[] = [];
  for (let step = 0; step < 4; step++) {
    seen.push(iterators.map((iterator) => iterator.next().value?.[1]), bigValues.next().value);
    await null;
    arrays.forEach((array, index) => array.fill(index * 100.5 + step));
    big.fill(BigInt(step) ** 40n);
  }
  return seen;
}
