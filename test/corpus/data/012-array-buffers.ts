export default async function main() {
  const empty = new ArrayBuffer(0);
  const resizable = new ArrayBuffer(4, { maxByteLength: 8 });
  const tracking = new Uint8Array(resizable);
  const buffer = Uint8Array.of(1, 2, 3).buffer;
  await null;
  resizable.resize(8);
  tracking[7] = 7;
  await null;
  return { empty, resizable, length: tracking.length, last: tracking[7], buffer, max: resizable.maxByteLength, sliced: buffer.slice(1) };
}
