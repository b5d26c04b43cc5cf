export default async function main() {
  const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
  const fixed = new Uint8Array(buffer, 4, 4);
  const tail = new Uint8Array(buffer, 8);
  fixed[0] = 7;
  tail[0] = 9;
  await null;
  const lengths = [fixed.length, tail.length];
  buffer.resize(24);
  lengths.push(fixed.length, tail.length);
  await null;
  buffer.resize(8);
  lengths.push(fixed.length, tail.length);
  return { lengths, first: fixed[0], bytes: buffer.byteLength, most: buffer.maxByteLength };
}
