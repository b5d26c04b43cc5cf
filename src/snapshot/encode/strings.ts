/** Strings: written once each, in the smallest of three encodings; lone surrogates are kept. */
import * as F from '../format.ts';
import type { Encoder } from './encoder.ts';

/**
 * Longer strings are not looked for again: V8 hashes strings beyond 16,383 units by their length alone, so
 * many of them would make the search quadratic.
 */
const INTERN_LIMIT = 16_383;

export function writeString(e: Encoder, text: string): void {
  const length = text.length;
  if (length === 0) e.out.byte(F.SHORT_STRING);
  else if (length > INTERN_LIMIT) {
    e.strings.next++;
    writeLong(e, text, length);
  } else {
    const known = e.strings.findOrAdd(text);
    if (known >= 0) writeStringReference(e, known);
    else write(e, text, length);
  }
}

/** A string that is numbered but will not be found again by `writeString`. */
export function writeNewString(e: Encoder, text: string): void {
  e.strings.next++;
  write(e, text, text.length);
}

export function writeStringReference(e: Encoder, number: number): void {
  if (number < F.SHORT) e.out.byte(F.SHORT_STRING_REF + number);
  else {
    e.out.byte(F.STRING_REF);
    e.out.varint(number);
  }
}

function write(e: Encoder, text: string, length: number): void {
  if (length < F.SHORT) writeShort(e, text, length);
  else writeLong(e, text, length);
}

function writeShort(e: Encoder, text: string, length: number): void {
  const { out } = e;
  out.reserve(length + 1);
  const { bytes, position } = out;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0xff) {
      writeLong(e, text, length);
      return;
    }
    bytes[position + 1 + index] = unit;
  }
  bytes[position] = F.SHORT_STRING + length;
  out.position = position + 1 + length;
}

function writeLong(e: Encoder, text: string, length: number): void {
  const { out } = e;
  let highest = 0;
  let utf8 = length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    highest |= unit;
    // Bytes of UTF-8: a surrogate pair has four, so each half counts two.
    if (unit > 0x7f) utf8 += unit > 0x7ff && (unit & 0xf800) !== 0xd800 ? 2 : 1;
  }
  if (highest <= 0xff) {
    out.reserve(length + 16);
    out.byte(F.STRING_LATIN1);
    out.varint(length);
    out.position += out.bytes.latin1Write(text, out.position);
  } else if (utf8 < length * 2 && text.isWellFormed()) {
    out.reserve(utf8 + 16);
    out.byte(F.STRING_UTF8);
    out.varint(utf8);
    out.position += out.bytes.utf8Write(text, out.position);
  } else {
    out.reserve(length * 2 + 16);
    out.byte(F.STRING_UTF16);
    out.varint(length);
    out.position += out.bytes.ucs2Write(text, out.position);
  }
}
