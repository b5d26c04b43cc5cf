import { Buffer } from 'node:buffer';
/** Frames with a length, a kind and a checksum, cut into pieces anywhere, put together again by an async generator. */
const frame = (kind: number, text: string) => {
  const body = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(body.length, 0);
  head.writeUInt8(kind, 2);
  head.writeUInt8(body.reduce((sum, byte) => (sum + byte) & 0xff, 0), 3);
  return Buffer.concat([head, body]);
};
async function* frames(pieces: Iterable<Buffer>) {
  let rest = Buffer.alloc(0);
  for (const piece of pieces) {
    await null;
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt16BE(0)) {
      const body = rest.subarray(4, 4 + rest.readUInt16BE(0));
      const intact = body.reduce((sum, byte) => (sum + byte) & 0xff, 0) === rest[3];
      yield { kind: rest.readUInt8(2), text: body.toString(), intact };
      rest = rest.subarray(4 + body.length);
    }
  }
  if (rest.length > 0) throw new RangeError(`${rest.length} bytes left`);
}
export default async function main() {
  const stream = Buffer.concat([frame(1, 'hello'), frame(2, ''), frame(3, 'grüße'), frame(4, 'x'.repeat(300))]);
  stream[6]! ^= 1;
  const cut = (size: number) => Array.from({ length: Math.ceil(stream.length / size) }, (_, n) => stream.subarray(n * size, (n + 1) * size));
  const read = async (pieces: Buffer[]) => {
    const seen: string[] = [];
    try {
      for await (const { kind, text, intact } of frames(pieces)) seen.push(`${kind} ${text.slice(0, 6)} ${text.length} ${intact}`);
    } catch (error) {
      seen.push(String(error));
    }
    return seen;
  };
  return [await read(cut(1000)), await read(cut(37)), await read([...cut(64)].slice(0, -1))];
}
