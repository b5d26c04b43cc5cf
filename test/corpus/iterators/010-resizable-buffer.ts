/** Views that follow the length of their buffer, made longer and shorter while they are iterated. */
export default async function main() {
  const buffer = new ArrayBuffer(4, { maxByteLength: 16 });
  const tracking = new Uint8Array(buffer);
  tracking.set([1, 2, 3, 4]);
  const values = tracking.values();
  const keys = tracking.keys();
  const seen: unknown[] = [values.next(), keys.next()];
  await null;
  buffer.resize(6);
  tracking[5] = 66;
  seen.push(values.next(), keys.next());
  await null;
  buffer.resize(3);
  seen.push(values.next(), values.next());
  await null;
  const collected: number[] = [];
  for (const byte of tracking) {
    collected.push(byte);
    await null;
    if (collected.length === 2) buffer.resize(5);
  }
  return { seen, collected, rest: [...keys] };
}
