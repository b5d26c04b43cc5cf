class BitSet {
  #words: Uint32Array<ArrayBuffer>;
  constructor(size: number) {
    this.#words = new Uint32Array((size + 31) >>> 5);
  }
  add(bit: number): this {
    if (bit >>> 5 >= this.#words.length) {
      const words = new Uint32Array(Math.max(this.#words.length * 2, (bit >>> 5) + 1));
      words.set(this.#words);
      this.#words = words;
    }
    this.#words[bit >>> 5]! |= 1 << (bit & 31);
    return this;
  }
  has = (bit: number): boolean => ((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  *[Symbol.iterator](): Generator<number> {
    for (const [index, word] of this.#words.entries())
      for (let left = word; left !== 0; left &= left - 1) yield index * 32 + 31 - Math.clz32(left & -left);
  }
}
async function crc32(bytes: Uint8Array): Promise<number> {
  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
  let crc = ~0;
  for (const byte of bytes) {
    crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
    await null;
  }
  return ~crc >>> 0;
}
export default async function run() {
  const bits = new BitSet(40).add(0).add(31).add(33);
  await null;
  bits.add(200).add(63);
  const iterator = bits[Symbol.iterator]();
  const first = [iterator.next().value, iterator.next().value];
  await null;
  bits.add(32).add(205);
  const rest = [...iterator];
  const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer, 4);
  view.setFloat64(0, Math.PI);
  view.setBigInt64(4, -5n, true);
  await null;
  const shared = new Int16Array(buffer, 4, 2);
  shared[0] = -2;
  buffer.resize(20);
  await null;
  bytes[19] = 255;
  const crc = await crc32(new TextEncoder().encode('123456789'));
  const clamped = Uint8ClampedArray.of(300, -5, 1.5, NaN);
  const floats = new Float32Array([0.1, -0, Infinity]);
  await null;
  return [first, rest, bits.has(33), bits.has(34), [...bytes], view.getInt16(0), view.byteLength, shared.length, crc.toString(16), clamped, [...floats].map((f) => (Object.is(f, -0) ? '-0' : f)), buffer.byteLength, buffer.resizable];
}
