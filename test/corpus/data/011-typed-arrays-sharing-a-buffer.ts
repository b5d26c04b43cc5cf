export default async function main() {
  const buffer = new ArrayBuffer(16);
  const bytes = new Uint8Array(buffer);
  const words = new Uint32Array(buffer, 4, 2);
  const view = new DataView(buffer, 2, 6);
  const other = { bytes, floats: new Float32Array([1.5, -0, NaN]), clamped: Uint8ClampedArray.of(300, -5), big: BigInt64Array.of(-1n, 2n ** 62n) };
  bytes[4] = 1;
  await null;
  words[1] = 0x01020304;
  view.setUint8(0, 99);
  await null;
  return { shared: words.buffer === other.bytes.buffer && view.buffer === buffer, bytes, words, other, first: view.getUint8(0), half: new Uint16Array(buffer, 8, 1)[0] };
}
