/** Bytes that no encoder wrote, behind a checksum that fits: a typed error or a value, never anything else. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/snapshot/crc32c.ts';
import * as F from '../../src/snapshot/format.ts';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import { graph } from './random-graph.ts';
import {
  BOUND,
  Box,
  CALLER,
  closure,
  CODE_HASH,
  CONFIG,
  CONSTANT,
  context,
  COUNTER,
  Dog,
  DYNAMIC_CLASS,
  Failure,
  frame,
  imported,
  Money,
  Registry,
} from './test-context.ts';

const HEADER = 6 + CODE_HASH.length / 2;

/** Header and checksum around a body. */
function seal(body: Uint8Array): Uint8Array {
  const header = encode(null, context).subarray(0, HEADER);
  const bytes = Buffer.concat([header, body, new Uint8Array(4)]);
  bytes.writeUInt32LE(crc32c(bytes, 0, bytes.length - 4), bytes.length - 4);
  return bytes;
}

const bodyOf = (value: unknown): Uint8Array => Uint8Array.from(encode(value, context)).subarray(HEADER, -4);

/** Everything that bytes could reach to do harm. */
const guarded: readonly object[] = [
  Object,
  Function,
  Array,
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Error.prototype,
  Error,
  Date.prototype,
  RegExp.prototype,
  Promise.prototype,
  Uint8Array.prototype,
  Buffer.prototype,
  URL.prototype,
  Symbol,
  Math,
  CONFIG,
  CONFIG.limits,
  imported,
  Dog,
  Dog.prototype,
  Registry.prototype,
  Box.prototype,
];
const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const object of guarded) {
    for (const key of Reflect.ownKeys(object)) {
      const { writable, enumerable, configurable, value } = Object.getOwnPropertyDescriptor(object, key)!;
      hash.update(`${String(key)} ${writable} ${enumerable} ${configurable} ${typeof value}`);
    }
    hash.update(`${Object.isExtensible(object)} ${Object.isFrozen(object)}`);
  }
  return hash.update(JSON.stringify(CONFIG)).digest('hex');
};

function decodeSafely(bytes: Uint8Array): 'value' | 'error' {
  let value: unknown;
  try {
    value = decode(bytes, context);
  } catch (error) {
    if (error instanceof SnapshotError) return 'error';
    throw error;
  }
  // Well-formed: it can be walked. What cannot be made again is refused with a typed error, too.
  try {
    encode(value, context);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
  }
  return 'value';
}

/** A real stack is long and all text. */
function withStack<E extends Error>(error: E): E {
  error.stack = 'stack';
  return error;
}

function everything(): unknown {
  const shared = Object.freeze({ a: 1, b: 'text', when: new Date(5), big: 2n ** 70n });
  const box = new Box(shared);
  const Dynamic = closure(DYNAMIC_CLASS);
  const accessor = Object.defineProperty({}, 'x', {
    get: closure(COUNTER, box),
    enumerable: true,
    configurable: true,
  });
  // oxlint-disable-next-line no-sparse-arrays
  const holes = [1, , 'x'];
  const sparse: unknown[] = [];
  sparse[100_000] = 1;
  return [
    shared,
    box,
    new Dynamic(),
    accessor,
    holes,
    sparse,
    frame('pay', 3, { shared, text: 'é漢😀' }),
    new Map<unknown, unknown>([[shared, closure(CONSTANT, 1)]]),
    new Set([holes]),
    new Dog('Rex', shared),
    new Registry([[1, 2]]),
    withStack(new Failure('f', { cause: shared })),
    withStack(new AggregateError([1], 'm')),
    new Money(5n, 'EUR', [new Money(6n, 'USD')]),
    closure(BOUND, closure(CALLER, closure(CONSTANT, 2)), null),
    CONFIG,
    imported,
    Symbol.for('k'),
    /x/g,
    Object('boxed'),
    new Uint16Array(8),
    Buffer.from('buffer'),
    new URL('http://x/?a=1'),
    new ArrayBuffer(8, { maxByteLength: 16 }),
    withStack(new DOMException('m', 'AbortError')),
    Object.create({ base: 1 }),
    (function args(..._values: unknown[]) {
      return arguments;
    })(1),
    [0.5, 0.1, -0, NaN, 1e15, -5e9, undefined, null, true],
    JSON.parse('{"__proto__":{"a":1}}'),
  ];
}

describe('hostile bytes', () => {
  const before = fingerprint();
  const body = bodyOf(everything());

  it('survives every change of one byte', () => {
    const seen = { value: 0, error: 0 };
    for (let at = 0; at < body.length; at++) {
      for (const byte of [0, 0x13, 0x21, 0xff, body[at]! ^ 1, body[at]! + 1]) {
        const changed = Uint8Array.from(body);
        changed[at] = byte;
        seen[decodeSafely(seal(changed))]++;
      }
    }
    expect(seen.error).toBeGreaterThan(100);
    expect(fingerprint()).toBe(before);
  });

  it('refuses every cut', () => {
    for (let length = 1; length < body.length; length++) {
      expect(() => decode(seal(body.subarray(0, length)), context)).toThrow(SnapshotError);
    }
  });

  it('survives random changes, splices and noise', () => {
    fc.assert(
      fc.property(
        graph,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.tuple(fc.nat(), fc.nat(), fc.nat()),
        fc.boolean(),
        (value, changes, [from, to, length], splice) => {
          let original: Uint8Array;
          try {
            original = bodyOf(value);
          } catch {
            return;
          }
          let changed = Uint8Array.from(original);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          if (splice) {
            const start = from % changed.length;
            const piece = body.subarray(to % body.length, (to % body.length) + (length % 30));
            changed = Uint8Array.from([...changed.subarray(0, start), ...piece, ...changed.subarray(start)]);
          }
          decodeSafely(seal(changed));
        },
      ),
      { numRuns: 4000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (noise) => {
        decodeSafely(seal(noise));
      }),
      { numRuns: 10_000 },
    );
    expect(fingerprint()).toBe(before);
  });

  it('survives noise made of tags', () => {
    const tag = fc.oneof(
      fc.nat(0x1f),
      fc.nat(0x43).map((byte) => byte),
      fc.constantFrom(0x80, 0x91, 0x92, 0x20, 0x21, 0x60),
    );
    fc.assert(
      fc.property(fc.array(tag, { minLength: 1, maxLength: 80 }), (bytes) => {
        decodeSafely(seal(Uint8Array.from(bytes)));
      }),
      { numRuns: 10_000 },
    );
    expect(fingerprint()).toBe(before);
  });

  it('needs no memory for counts that are only claimed', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x7f];
    const claims: number[][] = [
      [F.ARRAY, ...huge],
      [F.MAP, ...huge],
      [F.SET, ...huge],
      [F.OBJECT, 0, ...huge],
      [F.OBJECT, 2, ...huge],
      [F.STRING_LATIN1, ...huge],
      [F.STRING_UTF16, ...huge],
      [F.STRING_UTF8, ...huge],
      [F.BIGINT_POSITIVE, ...huge],
      [F.RARE, F.RARE_ARRAY_BUFFER, 0, ...huge],
      [F.CLOSURE, 0, 0, ...huge],
      [F.RECORD, 1, ...huge],
      [F.ARRAY, 0xfe, 0xff, 0xff, 0xff, 0x1f, 0],
    ];
    const start = process.memoryUsage().rss;
    for (let round = 0; round < 200; round++) {
      for (const claim of claims) decodeSafely(seal(Uint8Array.from(claim)));
    }
    expect(process.memoryUsage().rss - start).toBeLessThan(200_000_000);
    // A sparse array may be long; it takes no room for its holes.
    const sparse = seal(Uint8Array.from([F.ARRAY, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0]));
    const many = Array.from({ length: 200 }, () => decode(sparse, context) as unknown[]);
    expect(many[0]!.length).toBeGreaterThan(1_000_000);
    expect(process.memoryUsage().rss - start).toBeLessThan(200_000_000);
  });

  it('does not recurse on nested tags', () => {
    const views = Array.from({ length: 50_000 }, () => [F.RARE, F.RARE_VIEW, 1, 0]).flat();
    expect(() => decode(seal(Uint8Array.from(views)), context)).toThrow(/nested too deeply/);
    const boxed = Array.from({ length: 50_000 }, () => [F.RARE, F.RARE_BOXED]).flat();
    expect(() => decode(seal(Uint8Array.from(boxed)), context)).toThrow(/nested too deeply/);
  });

  it('writes to nothing that it did not make', () => {
    const name = (text: string): number[] => [0x40 + text.length, ...Buffer.from(text)];
    const polluted = [...name('polluted'), 7, F.TRUE];
    const attempts: number[][] = [
      // An extras block on a built-in, on a reference, on a symbol.
      [F.EXTENDED, F.RARE, F.RARE_INTRINSIC, 0, F.EXTRA_PROPERTIES, 1, ...polluted],
      [F.EXTENDED, F.REFERENCE, ...name('config'), F.EXTRA_PROPERTIES, 1, ...polluted],
      // The prototype object of a function that is only referred to.
      [F.RARE, F.RARE_PROTOTYPE_OF, F.REFERENCE, ...name('imported'), F.EXTRA_PROPERTIES, 1, ...polluted],
      // __proto__ as a key of a shape.
      [F.OBJECT, 2, 1, ...name('__proto__'), F.OBJECT, 4, 1, ...polluted.slice(0, -2), F.TRUE],
      // A built-in as the prototype: allowed, and harmless.
      [F.OBJECT, 3, 0, F.EXTRA_PROTOTYPE, F.RARE, F.RARE_INTRINSIC, 0],
    ];
    expect(attempts.map((attempt) => decodeSafely(seal(Uint8Array.from(attempt))))).toEqual([
      'error',
      'error',
      'error',
      'value',
      'value',
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(fingerprint()).toBe(before);
  });
});
