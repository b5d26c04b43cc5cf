/**
 * How a node writes the outcome of an instance into the store: what it replied, and to whom, so that the reply can be sent
 * again when the node was killed after the outcome was durable and before the reply was on its way.
 *
 *     u8 format (1), u16 length of the list (little endian), subjects of the requesters separated by line feeds, body
 */

const FORMAT = 1;
const PREFIX_BYTES = 3;
const NOBODY: readonly string[] = [];

export interface KeptOutcome {
  /** Result as payload, or error as `{ code, message }`. */
  readonly body: Uint8Array;
  /** Subjects of those who had asked. */
  readonly requesters: readonly string[];
}

/** @param requesters subjects: ASCII, at most 255 characters each, at most 250 of them */
export function encodeOutcome(body: Uint8Array, requesters: readonly string[]): Uint8Array {
  const list = requesters.length === 1 ? requesters[0]! : requesters.join('\n');
  const bytes = Buffer.allocUnsafe(PREFIX_BYTES + list.length + body.length);
  bytes[0] = FORMAT;
  bytes.writeUInt16LE(list.length, 1);
  bytes.write(list, PREFIX_BYTES, 'latin1');
  bytes.set(body, PREFIX_BYTES + list.length);
  return bytes;
}

/** The inverse; undefined (no outcome, or a damaged one) is an empty body. Never throws. */
export function decodeOutcome(outcome: Uint8Array | undefined): KeptOutcome {
  if (outcome === undefined) return { body: new Uint8Array(0), requesters: NOBODY };
  const { length } = outcome;
  const bodyAt = length < PREFIX_BYTES ? Infinity : PREFIX_BYTES + outcome[1]! + outcome[2]! * 256;
  if (outcome[0] !== FORMAT || bodyAt > length) return { body: outcome, requesters: NOBODY };
  const list = Buffer.from(outcome.buffer, outcome.byteOffset, length).toString(
    'latin1',
    PREFIX_BYTES,
    bodyAt,
  );
  return { body: outcome.subarray(bodyAt), requesters: list === '' ? NOBODY : list.split('\n') };
}
