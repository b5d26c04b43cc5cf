import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import { context } from './test-context.ts';

describe('binary data', () => {
  it('keeps every kind of view, sharing one ArrayBuffer', () => {
    const buffer = new ArrayBuffer(64);
    new Uint8Array(buffer).forEach((_, index, bytes) => (bytes[index] = index * 3));
    const views = [
      new Int8Array(buffer, 1, 3),
      new Uint8Array(buffer),
      new Uint8ClampedArray(buffer, 5),
      new Int16Array(buffer, 2, 4),
      new Uint16Array(buffer),
      new Int32Array(buffer, 8),
      new Uint32Array(buffer),
      new Float32Array(buffer),
      new Float64Array(buffer, 16, 2),
      new BigInt64Array(buffer),
      new BigUint64Array(buffer, 8),
      new Float16Array(buffer),
      new DataView(buffer, 3, 9),
      new Uint8Array(0),
    ];
    const back = roundTrip({ views, buffer });
    (back.views[1] as Uint8Array)[16] = 255;
    expect(new Uint8Array(back.buffer)[16]).toBe(255);
    roundTrip(views);
  });

  it('saves of a pooled Buffer only what it shows', () => {
    const small = Buffer.from('hello');
    expect(small.buffer.byteLength).toBeGreaterThan(1000);
    expect(encode(small, context).length).toBeLessThan(80);
    expect(roundTrip(small).toString()).toBe('hello');
    roundTrip([Buffer.from('a'), Buffer.from('b'), Buffer.alloc(10, 1), Buffer.alloc(0)]);
  });

  it('keeps overlapping windows on a pool overlapping, whichever is met first', () => {
    const all = Buffer.from('0123456789');
    const orders = [
      [all, all.subarray(2, 5), all.subarray(4, 8)],
      [all.subarray(2, 5), all.subarray(4, 8), all],
      [all.subarray(2, 5), all.subarray(4, 8)],
      [all.subarray(2, 5), new Uint8Array(all.buffer, all.byteOffset + 3, 4)],
      [new Uint8Array(all.buffer, all.byteOffset + 3, 4), all.subarray(2, 5)],
      [all.subarray(5, 5), all],
    ];
    for (const order of orders) {
      const bytes = encode(order, context);
      expect(bytes.length).toBeLessThan(200);
      const back = decode(bytes, context) as Uint8Array[];
      back.forEach((view, index) => expect([...view]).toEqual([...order[index]!]));
      expect(back[0]!.buffer).toBe(back[1]!.buffer);
      if (order[0]!.length === 0) continue;
      const [first, second] = [back[0]!, back[1]!];
      const shared = Math.max(first.byteOffset, second.byteOffset);
      first[shared - first.byteOffset] = 0x21;
      expect(second[shared - second.byteOffset]).toBe(0x21);
    }
  });

  it('keeps many windows on one large Buffer', () => {
    const all = Buffer.alloc(60_000, 'abc');
    const windows = Array.from({ length: 20_000 }, (_, index) => all.subarray(index * 3, index * 3 + 4));
    const back = decode(encode(windows, context), context) as Buffer[];
    expect(back[0]!.buffer).toBe(back[19_000]!.buffer);
    expect(back[19_999]!.toString()).toBe('abc');
    back[7]![3] = 0x21;
    expect(back[8]!.toString()).toBe('!bca');
  });

  it('saves a pool whole when the script holds it', () => {
    const small = Buffer.from('hello');
    const back = roundTrip([small, small.buffer]);
    expect((back[0] as Buffer).buffer).toBe(back[1]);
    const other = roundTrip([small.buffer, small]);
    expect((other[1] as Buffer).buffer).toBe(other[0]);
  });

  it('keeps partial views of ordinary ArrayBuffers exactly', () => {
    const buffer = new ArrayBuffer(32);
    const back = roundTrip(new Uint8Array(buffer, 8, 4));
    expect(back.buffer.byteLength).toBe(32);
    roundTrip([Buffer.from(buffer, 4, 8), new Uint8Array(buffer)]);
  });

  it('keeps resizable and detached ArrayBuffers', () => {
    const resizable = new ArrayBuffer(8, { maxByteLength: 32 });
    const full = new ArrayBuffer(8, { maxByteLength: 8 });
    new Uint8Array(full).set([1, 2, 3, 4, 5, 6, 7, 8]);
    const gone = new ArrayBuffer(8);
    gone.transfer();
    roundTrip([resizable, full, gone]);
    const views = [
      new Uint8Array(resizable),
      new Uint8Array(resizable, 2, 3),
      new Uint8Array(resizable, 0, 8),
      new DataView(resizable),
      new DataView(resizable, 1, 2),
      new Float64Array(full),
      new Float64Array(full, 0, 1),
      new Uint8Array(full, 3),
      new Uint8Array(full, 7),
      new Uint8Array(full, 7, 1),
      new DataView(full),
      new DataView(full, 0, 8),
    ];
    const back = roundTrip(views);
    expect([...new Uint8Array(full)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    resizable.resize(16);
    (back[0]!.buffer as ArrayBuffer).resize(16);
    expect(back.slice(0, 5).map((view) => view.byteLength)).toEqual(
      views.slice(0, 5).map((view) => view.byteLength),
    );
    full.resize(7);
    (back[5]!.buffer as ArrayBuffer).resize(7);
    const lengths = (list: readonly ArrayBufferView[]): unknown[] =>
      list.slice(5).map((view) => {
        try {
          return view.byteLength;
        } catch {
          return 'out of bounds';
        }
      });
    expect(lengths(back)).toEqual(lengths(views));
  });

  it('keeps own properties of views, short and long', () => {
    for (const length of [4, 5000]) {
      roundTrip(Object.assign(new Uint8Array(length), { name: 'bytes', [Symbol.for('k')]: 1 }));
      roundTrip(Object.assign(Buffer.alloc(length), { name: 'bytes' }));
      roundTrip(Object.preventExtensions(new Float64Array(length)));
      roundTrip(new Float64Array(length).fill(0.1));
      roundTrip(Object.defineProperty(new Uint16Array(length), 'hidden', { value: 1 }));
    }
    roundTrip(Object.assign(new DataView(new ArrayBuffer(4)), { a: 1 }));
    roundTrip(Object.assign(new ArrayBuffer(4), { a: 1 }));
  });

  it('keeps large arrays of bytes', () => {
    const large = new Uint8Array(300_000).fill(7);
    expect(encode(large, context).length).toBeLessThan(300_100);
    roundTrip(large);
  });
});
