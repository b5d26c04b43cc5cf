/**
 * CRC32C (Castagnoli), the checksum of iSCSI (RFC 3720, appendix B.4): polynomial 0x1EDC6F41, reflected.
 * Slicing-by-8 (Kounavis and Berry 2005): eight tables let one step take eight bytes.
 */
const REFLECTED_POLYNOMIAL = 0x82f63b78;

/** Tables 0 to 7, one after the other, 256 entries each. */
const tables = makeTables();

function makeTables(): Int32Array {
  const all = new Int32Array(8 * 256);
  for (let index = 0; index < 256; index++) {
    let crc = index;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ REFLECTED_POLYNOMIAL : crc >>> 1;
    all[index] = crc;
  }
  for (let index = 256; index < all.length; index++) {
    const previous = all[index - 256]!;
    all[index] = (previous >>> 8) ^ all[previous & 0xff]!;
  }
  return all;
}

/**
 * The CRC32C of `bytes[start, end)`, an unsigned 32-bit number. The check value of "123456789" is 0xE3069283.
 */
export function crc32c(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  const t = tables;
  let crc = -1;
  let at = start;
  for (const stop = end - 7; at < stop; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t[1792 + (crc & 0xff)]! ^
      t[1536 + ((crc >>> 8) & 0xff)]! ^
      t[1280 + ((crc >>> 16) & 0xff)]! ^
      t[1024 + (crc >>> 24)]! ^
      t[768 + bytes[at + 4]!]! ^
      t[512 + bytes[at + 5]!]! ^
      t[256 + bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
