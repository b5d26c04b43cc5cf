/** ArrayBuffers and views. */
import { types } from 'node:util';
import * as F from '../format.ts';
import { VIEW_BUFFER, VIEW_CONSTRUCTORS, VIEW_DATA_VIEW } from '../intrinsics.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';

export function readArrayBuffer(d: Decoder): ArrayBuffer {
  const flags = d.in.byte();
  if (flags === F.BUFFER_DETACHED) {
    const buffer = new ArrayBuffer(0);
    buffer.transfer();
    return buffer;
  }
  if (flags > F.BUFFER_RESIZABLE) throw malformed('unknown flags of an ArrayBuffer');
  const length = d.in.varint();
  const maximum = flags === F.BUFFER_RESIZABLE ? d.in.varint() : undefined;
  const content = d.in.raw(length);
  // A maximum only reserves addresses, no memory.
  const buffer =
    maximum === undefined ? new ArrayBuffer(length) : new ArrayBuffer(length, { maxByteLength: maximum });
  new Uint8Array(buffer).set(content);
  return buffer;
}

export function readView(d: Decoder, kind: number): unknown {
  const view = d.in.byte();
  const tracking = d.in.byte();
  if (view > VIEW_BUFFER || tracking > 1) throw malformed('an unknown kind of view');
  const index = d.objects.length;
  d.add(undefined, kind, undefined);
  const buffer = d.nested();
  if (!types.isArrayBuffer(buffer)) throw malformed('a view of something that is no ArrayBuffer');
  d.references.push(index, d.last);
  const offset = d.in.varint();
  const length = tracking === 1 ? undefined : d.in.varint();
  const made = makeView(view, buffer, offset, length);
  d.objects[index] = made;
  d.last = index;
  return made;
}

/** The constructors check that the view lies within the buffer. */
function makeView(
  kind: number,
  buffer: ArrayBuffer,
  offset: number,
  length: number | undefined,
): ArrayBufferView {
  if (length === undefined && !buffer.resizable) throw malformed('a growing view of a fixed ArrayBuffer');
  if (kind === VIEW_DATA_VIEW) return new DataView(buffer, offset, length);
  if (kind === VIEW_BUFFER) return Buffer.from(buffer, offset, length);
  return new VIEW_CONSTRUCTORS[kind]!(buffer, offset, length);
}
