export default async function main() {
  const log: number[] = [];
  const bytes = Uint8Array.of(1, 2, 3);
  for (const byte of bytes) {
    log.push(byte);
    await null;
    bytes[2] = 30;
  }
  for (const n of new Float64Array([0.5, -0])) log.push(await n);
  return { log, bytes };
}
