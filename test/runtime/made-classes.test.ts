/** Classes made at run time, in snapshots: what is refused, what hostile bytes can do, what is never evaluated. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSource } from '../../src/compiler/index.ts';
import { contextOf } from '../../src/runtime/capture.ts';
import { restoring } from '../../src/runtime/class-restoring.ts';
import { loadRealm } from '../../src/runtime/realm.ts';
import { crc32c } from '../../src/snapshot/crc32c.ts';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';

/** What functions of the module give, with a context to save it in. */
function load(source: string, globals: Record<string, unknown> = {}) {
  const bundle = compileSource(source, '/scripts/script.ts', { globals: Object.keys(globals) });
  const realm = loadRealm(bundle, new Map(), globals);
  return { make: realm.entry as () => any, context: contextOf(realm) };
}

const SOURCE = `
function build(label) {
  let made = 0;
  class Part {
    static #all = new Map();
    static total = note('static');
    static { note('block'); }
    #secret = note('field');
    constructor(name) { note('constructor'); this.name = name + label; Part.#all.set(name, this); made++; }
    secret() { return [this.#secret, made, [...Part.#all.keys()]]; }
    get upper() { return this.name.toUpperCase(); }
  }
  class Derived extends Part { [note('key')] = 1; #more = 2; more() { return this.#more; } }
  return { Part, Derived, part: new Part('a'), derived: new Derived('b'), method: Part.prototype.secret, proto: Derived.prototype };
}
export default () => build('!');`;

function graph() {
  const log: string[] = [];
  const note = (text: string): string => {
    log.push(text);
    return text;
  };
  const { make, context } = load(SOURCE, { note });
  return { value: make(), context, log };
}

describe('a class made at run time', () => {
  test('comes back with its parts, and nothing of the author is evaluated for that', () => {
    const { value, context, log } = graph();
    const before = [...log];
    const back = decode(encode(value, context), context) as any;
    expect(log).toEqual(before);
    expect(back.Part).not.toBe(value.Part);
    expect(back.part.constructor).toBe(back.Part);
    expect(Object.getPrototypeOf(back.Derived)).toBe(back.Part);
    expect(back.proto).toBe(back.Derived.prototype);
    expect(back.method).toBe(back.Part.prototype.secret);
    expect(back.derived).toBeInstanceOf(back.Part);
    expect(back.part.secret()).toEqual(['field', 2, ['a', 'b']]);
    expect([back.derived.more(), back.derived.upper, back.Part.total]).toEqual([2, 'B!', 'static']);
    new back.Part('c');
    expect(back.part.secret()[1]).toBe(3);
    expect(value.part.secret()[1]).toBe(2);
  });

  test('is saved the same way again', () => {
    const { value, context } = graph();
    const first = Buffer.from(encode(value, context));
    const second = encode(decode(first, context), context);
    expect(Buffer.compare(first, second)).toBe(0);
  });

  test('says where a value is that cannot be saved', () => {
    const { make, context } = load(
      `export default () => { class Client { static pool = { socket: holder.socket }; } return { Client }; }`,
      { holder: { socket: Promise.resolve() } },
    );
    expect(() => encode(make(), context)).toThrow(/\.Client\.pool\.socket is a native Promise/);
  });

  test('restores what was changed about its methods and prototype, and nothing else', () => {
    const { make, context } = load(`export default () => {
      class Shape { area() { return 1; } get side() { return 2; } static of() { return new Shape(); } }
      return Shape;
    }`);
    const untouched = make();
    const plain = encode(untouched, context).length;
    const Shape = make();
    Shape.prototype.area.calls = 5;
    Object.defineProperty(Shape.prototype, 'side', { value: 3 });
    delete Shape.of;
    expect(encode(make(), context).length).toBe(plain);
    const Back = decode(encode(Shape, context), context) as any;
    expect([Back.prototype.area.calls, new Back().side, Back.of]).toEqual([5, 3, undefined]);
    expect(Object.getOwnPropertyDescriptor(Back.prototype, 'area')).toMatchObject({ enumerable: false });
  });

  test('any bytes give a typed error or a value, and leave nothing behind', () => {
    const { value, context, log } = graph();
    const bytes = Buffer.from(encode(value, context));
    const state = value.part.secret();
    const evaluated = log.length;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const hostile = Buffer.from(bytes);
          for (const [at, byte] of changes) hostile[at] = byte;
          hostile.writeUInt32LE(crc32c(hostile, 0, hostile.length - 4), hostile.length - 4);
          try {
            decode(hostile, context);
          } catch (error) {
            expect(error).toBeInstanceOf(SnapshotError);
          }
          expect(restoring.active).toBe(false);
          expect(log.length).toBe(evaluated);
        },
      ),
      { numRuns: 1500 },
    );
    expect(value.part.secret()).toEqual(state);
  });
});
