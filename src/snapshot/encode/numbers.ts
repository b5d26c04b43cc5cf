/** Numbers and BigInts. */
import type { ByteWriter } from '../byte-writer.ts';
import * as F from '../format.ts';

export function writeNumber(out: ByteWriter, value: number): void {
  if ((value | 0) === value) {
    if (value >= F.SMALL_INT_MIN && value <= F.SMALL_INT_MAX) {
      if (value === 0 && Object.is(value, -0)) out.byte(F.NEGATIVE_ZERO);
      else out.byte(F.SMALL_INT - F.SMALL_INT_MIN + value);
    } else writeInteger(out, value);
  } else if (Number.isSafeInteger(value)) writeInteger(out, value);
  else writeFloat(out, value);
}

function writeInteger(out: ByteWriter, value: number): void {
  out.byte(value < 0 ? F.INT_NEGATIVE : F.INT_POSITIVE);
  out.varint(value < 0 ? -1 - value : value);
}

function writeFloat(out: ByteWriter, value: number): void {
  if (value !== value) out.byte(F.NOT_A_NUMBER);
  else if (Math.fround(value) === value) {
    out.byte(F.FLOAT32);
    out.float32(value);
  } else {
    out.byte(F.FLOAT64);
    out.float64(value);
  }
}

/** Sign in the tag, then the magnitude: a count of bytes and the bytes, lowest first. */
export function writeBigInt(out: ByteWriter, value: bigint): void {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').reverse();
  out.byte(negative ? F.BIGINT_NEGATIVE : F.BIGINT_POSITIVE);
  out.varint(bytes.length);
  out.raw(bytes);
}
