/**
 * Bundles as stores keep them. Format 1: the JSON of the bundle. Format 2: `{ "format": 2, "bundle": ... }`, in which what functions and
 * suspension points say is packed. Both are read; what format 2 cannot say is written in format 1.
 *
 * ## Format 2
 * `bundle` is the bundle without `functions` and `map`, with `map` as an object and with `packed`:
 * - `texts`: every text once. A number of a text is its index there.
 * - `digests`: texts of 16 characters one behind the other; as numbers they follow those of `texts`.
 * - `numbers`: base 64 VLQ. For each function: name, kind, source, start and end, cells, points, identity. A list is its length and its
 *   elements; what may be absent is 0, or 1 and itself. Lines and columns are differences to the place before.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Bundle, FunctionIdentity, FunctionMetadata, Position, SuspensionPoint } from './bundle.ts';
import { vlq, VlqReader } from './vlq.ts';

interface Packed {
  readonly count: number;
  readonly texts: readonly string[];
  readonly digests: string;
  readonly numbers: string;
}

interface StoredBundle extends Omit<Bundle, 'functions' | 'map'> {
  readonly map: unknown;
  readonly packed: Packed;
}

const FORMAT = 2;
const DIGEST = /^[\w-]{16}$/;
const DIGEST_LENGTH = 16;
const KINDS = ['function', 'async', 'generator', 'async-generator', 'class'] as const;

/** Bytes of `bundle` for a store; `decodeBundle` gives an equal bundle. */
export function encodeBundle(bundle: Bundle): Uint8Array {
  const { functions, map, ...rest } = bundle;
  let stored: object = { ...rest, map: JSON.parse(map) as unknown, packed: pack(functions) };
  stored = { format: FORMAT, bundle: stored };
  // A bundle with what this format does not know comes from another version of the compiler.
  const isWhole = isDeepStrictEqual(unpackBundle(stored as { bundle: StoredBundle }), bundle);
  return new TextEncoder().encode(JSON.stringify(isWhole ? stored : bundle));
}

/**
 * The bundle of which `encodeBundle`, of this version or an earlier one, made the bytes.
 *
 * @throws Error when the bytes are no bundle of a known format
 */
export function decodeBundle(bytes: Uint8Array): Bundle {
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as
    | Bundle
    | { format: number; bundle: StoredBundle };
  if (!('format' in stored)) return stored;
  if (stored.format !== FORMAT)
    throw new RangeError(`Bundle of format ${stored.format}: this version of Waymark reads 1 and ${FORMAT}.`);
  return unpackBundle(stored);
}

function unpackBundle({ bundle: { packed, map, ...rest } }: { bundle: StoredBundle }): Bundle {
  return { ...rest, functions: unpack(packed), map: JSON.stringify(map) };
}

function pack(functions: readonly FunctionMetadata[]): Packed {
  const texts = new Map<string, number>();
  const digests = new Map<string, number>();
  const all = functions.flatMap(textsOf);
  for (const text of all) if (!DIGEST.test(text) && !texts.has(text)) texts.set(text, texts.size);
  for (const text of all)
    if (DIGEST.test(text) && !digests.has(text)) digests.set(text, texts.size + digests.size);
  const writer = new Writer((text) => texts.get(text) ?? digests.get(text)!);
  for (const metadata of functions) writer.function(metadata);
  return {
    count: functions.length,
    texts: [...texts.keys()],
    digests: [...digests.keys()].join(''),
    numbers: writer.numbers,
  };
}

function textsOf({ name, cells, points, identity }: FunctionMetadata): string[] {
  const found = [name, ...cells];
  for (const { slots, kinds, place, jumps } of points) {
    found.push(...slots, ...(jumps ?? []));
    if (kinds !== undefined) found.push(kinds);
    if (place !== undefined) found.push(place);
  }
  if (!identity) return found;
  const { path, digest, cellKinds, repeated, shape, privates, privateStatics } = identity;
  found.push(path, digest, cellKinds, ...repeated, ...(privates ?? []), ...(privateStatics ?? []));
  if (shape !== undefined) found.push(shape);
  return found;
}

class Writer {
  numbers = '';
  readonly #numberOf: (text: string) => number;
  #line = 0;
  #column = 0;

  constructor(numberOf: (text: string) => number) {
    this.#numberOf = numberOf;
  }

  function({ name, kind, source, start, end, cells, points, identity }: FunctionMetadata): void {
    this.#text(name);
    this.#number(KINDS.indexOf(kind));
    this.#number(source);
    this.#position(start);
    this.#position(end);
    this.#texts(cells);
    this.#number(points.length);
    for (const point of points) this.#point(point);
    this.#optional(identity, (given) => this.#identity(given));
  }

  #point(point: SuspensionPoint): void {
    this.#position(point);
    this.#texts(point.slots);
    this.#optional(point.kinds, (kinds) => this.#text(kinds));
    this.#optional(point.place, (place) => this.#text(place));
    this.#optional(point.jumps, (jumps) => this.#texts(jumps));
  }

  #identity(identity: FunctionIdentity): void {
    this.#text(identity.path);
    this.#text(identity.digest);
    this.#text(identity.cellKinds);
    this.#texts(identity.repeated);
    this.#optional(identity.shape, (shape) => this.#text(shape));
    this.#optional(identity.privates, (privates) => this.#texts(privates));
    this.#optional(identity.privateStatics, (statics) => this.#texts(statics));
  }

  #number(value: number): void {
    this.numbers += vlq(value);
  }

  #text(text: string): void {
    this.#number(this.#numberOf(text));
  }

  #texts(texts: readonly string[]): void {
    this.#number(texts.length);
    for (const text of texts) this.#text(text);
  }

  #optional<T>(value: T | undefined, write: (value: T) => void): void {
    this.#number(value === undefined ? 0 : 1);
    if (value !== undefined) write(value);
  }

  #position({ line, column }: Position): void {
    this.#number(line - this.#line);
    this.#number(column - this.#column);
    this.#line = line;
    this.#column = column;
  }
}

function unpack(packed: Packed): FunctionMetadata[] {
  const reader = new Reader(packed);
  return Array.from({ length: packed.count }, () => reader.function());
}

class Reader {
  readonly #packed: Packed;
  readonly #numbers: VlqReader;
  #line = 0;
  #column = 0;

  constructor(packed: Packed) {
    this.#packed = packed;
    this.#numbers = new VlqReader(packed.numbers);
  }

  function(): FunctionMetadata {
    const name = this.#text();
    const kind = KINDS[this.#numbers.next()]!;
    const source = this.#numbers.next();
    const start = this.#position();
    const end = this.#position();
    const cells = this.#texts();
    const points = this.#list(() => this.#point());
    const identity = this.#optional(() => this.#identity());
    return { name, kind, source, start, end, cells, points, ...(identity && { identity }) };
  }

  #point(): SuspensionPoint {
    const { line, column } = this.#position();
    const slots = this.#texts();
    const kinds = this.#optional(() => this.#text());
    const place = this.#optional(() => this.#text());
    const jumps = this.#optional(() => this.#texts());
    return {
      line,
      column,
      slots,
      ...(kinds !== undefined && { kinds }),
      ...(place !== undefined && { place }),
      ...(jumps && { jumps }),
    };
  }

  #identity(): FunctionIdentity {
    const path = this.#text();
    const digest = this.#text();
    const cellKinds = this.#text();
    const repeated = this.#texts();
    const shape = this.#optional(() => this.#text());
    const privates = this.#optional(() => this.#texts());
    const privateStatics = this.#optional(() => this.#texts());
    return {
      path,
      digest,
      cellKinds,
      repeated,
      ...(shape !== undefined && { shape }),
      ...(privates && { privates }),
      ...(privateStatics && { privateStatics }),
    };
  }

  #text(): string {
    const { texts, digests } = this.#packed;
    const number = this.#numbers.next();
    if (number < texts.length) return texts[number]!;
    const at = (number - texts.length) * DIGEST_LENGTH;
    return digests.slice(at, at + DIGEST_LENGTH);
  }

  #texts(): string[] {
    return this.#list(() => this.#text());
  }

  #list<T>(read: () => T): T[] {
    return Array.from({ length: this.#numbers.next() }, read);
  }

  #optional<T>(read: () => T): T | undefined {
    return this.#numbers.next() === 0 ? undefined : read();
  }

  #position(): Position {
    const line = (this.#line += this.#numbers.next());
    const column = (this.#column += this.#numbers.next());
    return { line, column };
  }
}
