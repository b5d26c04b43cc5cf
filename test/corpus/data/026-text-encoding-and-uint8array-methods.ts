export default async function main() {
  const encoder = new TextEncoder();
  const bytes = encoder.encode('héllo €');
  await null;
  const text = new TextDecoder().decode(bytes.subarray(0, 6));
  const part = bytes.subarray(1, 3);
  await null;
  part[0] = 0x61;
  return { bytes, text, part, shared: part.buffer === bytes.buffer };
}
