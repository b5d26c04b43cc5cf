/** Message bodies: JSON in UTF-8; bytes pass as they are. */

const decoder = new TextDecoder();

/** Undefined is an empty body. Throws TypeError for what JSON cannot hold (BigInt, cycles). */
export function encodePayload(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const text = data === undefined ? undefined : (JSON.stringify(data) as string | undefined);
  if (text === undefined) return new Uint8Array(0);
  // A third of the time of a TextEncoder. The copy is out of the pool of buffers: a checkpoint may have to hold it.
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** JSON if the body is JSON, undefined if it is empty, else the bytes. */
export function decodePayload(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(decoder.decode(body)) as unknown;
  } catch {
    return body;
  }
}
