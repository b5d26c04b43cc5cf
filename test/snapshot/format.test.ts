import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/snapshot/crc32c.ts';
import { decode, encode, readHeader, SnapshotError } from '../../src/snapshot/index.ts';
import { CODE_HASH, context } from './test-context.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return (error as SnapshotError).code;
  }
  return 'no error';
};

describe('CRC32C', () => {
  it('gives the published check values', () => {
    const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
    expect(crc32c(text('123456789'))).toBe(0xe3069283);
    expect(crc32c(text(''))).toBe(0);
    // RFC 3720, appendix B.4.
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => 31 - index))).toBe(0x113fdb5c);
  });

  it('gives the same in one piece as byte by byte', () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, index) => (index * 37) & 0xff);
    for (let length = 0; length <= 100; length++) {
      let crc = 0xffffffff;
      for (const byte of bytes.subarray(0, length)) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
      }
      expect(crc32c(bytes, 0, length)).toBe((crc ^ 0xffffffff) >>> 0);
    }
  });
});

describe('the frame of a snapshot', () => {
  const bytes = encode({ a: 1 }, context);

  it('says version and code hash in clear', () => {
    expect(readHeader(bytes)).toEqual({ version: 1, codeHash: CODE_HASH });
    expect(Buffer.from(bytes).includes(Buffer.from(CODE_HASH, 'hex'))).toBe(true);
  });

  it('is exactly as documented', () => {
    expect(Buffer.from(encode(1, { ...context, codeHash: 'ff' })).toString('hex')).toBe(
      '574d4bc10101ff91' + '195d0691',
    );
  });

  it('decodes from any offset of a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 5);
    expect(decode(larger.subarray(5, 5 + bytes.length), context)).toEqual({ a: 1 });
  });

  it('gives each failure its own code', () => {
    expect(codeOf(() => decode(Buffer.from('{"json":1}'), context))).toBe('WM4001');
    expect(codeOf(() => decode(new Uint8Array(0), context))).toBe('WM4002');
    expect(codeOf(() => readHeader(bytes.subarray(0, 20)))).toBe('WM4002');
    expect(codeOf(() => decode(bytes.subarray(0, 40), context))).toBe('WM4002');
    const newer = Uint8Array.from(bytes);
    newer[4] = 2;
    expect(codeOf(() => decode(newer, context))).toBe('WM4003');
    const damaged = Uint8Array.from(bytes);
    damaged[bytes.length - 6]! ^= 1;
    expect(codeOf(() => decode(damaged, context))).toBe('WM4004');
    expect(codeOf(() => decode(bytes, { ...context, codeHash: 'ab' }))).toBe('WM4006');
    expect(codeOf(() => encode(1, { ...context, codeHash: 'no hex' }))).toBe('WM4013');
    expect(codeOf(() => encode(1, { ...context, records: [...context.records, ...context.records] }))).toBe(
      'WM4013',
    );
  });

  it('refuses every truncation', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => decode(bytes.subarray(0, length), context))).toMatch(/^WM400[24]$/);
    }
    expect(codeOf(() => decode(Buffer.concat([bytes, new Uint8Array(1)]), context))).toBe('WM4004');
  });

  it('accepts a code hash of any length up to 64 bytes', () => {
    for (const length of [0, 1, 20, 32, 64]) {
      const own = { ...context, codeHash: 'a5'.repeat(length) };
      expect(decode(encode('x', own), own)).toBe('x');
    }
    expect(codeOf(() => encode(1, { ...context, codeHash: 'a5'.repeat(65) }))).toBe('WM4013');
  });
});
