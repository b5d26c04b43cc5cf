/**
 * From bytes to shells. HOT PATH.
 *
 * Owns the state of one decode.
 * 1. `objects[i]` is object i or a Pending; its tag comes before any reference to it, its body when its turn comes.
 * 2. A body is filled at once as far as its values exist; what waits for a Pending, for all objects, or for the end
 *    (attributes, freezing) is put on a list for `finish.ts`.
 * 3. Only objects made by this decode are ever written to: references and built-ins have no body.
 * 4. Nothing recurses on data: a tag contains at most two further values.
 */
import { ByteReader } from '../byte-reader.ts';
import * as F from '../format.ts';
import type { RecordType, SnapshotContext } from '../snapshot-context.ts';
import { malformed } from '../snapshot-error.ts';
import { readArrayBody } from './arrays.ts';
import { readMapBody, readSetBody } from './collections.ts';
import { readClosureBody } from './functions.ts';
import type { ClosureShape } from './functions.ts';
import { readEphemerons, readHostBody } from './hosts.ts';
import { readInstance, readInstanceBody, readInstanceOfBody } from './instances.ts';
import { Pending } from './pending.ts';
import { readExtras, readObjectBody } from './properties.ts';
import type { Shape } from './known-shapes.ts';
import type { Extras } from './properties.ts';
import { makeError, readDate, readRare } from './leaf-objects.ts';
import { readReference, readUser } from './references.ts';

const MAX_NESTING = 4;

export class Decoder {
  readonly in: ByteReader;
  readonly context: SnapshotContext;
  readonly records: readonly (RecordType | undefined)[];
  readonly objects: unknown[] = [];
  readonly kinds: number[] = [];
  readonly payloads: unknown[] = [];
  readonly strings: string[] = [];
  readonly shapes: Shape[] = [];
  readonly closureShapes: ClosureShape[] = [];
  /** See ObjectGraph in construction-order.ts. */
  readonly firstChild: number[] = [];
  readonly references: number[] = [];
  current = -1;
  /** Number of the object that the last `value` made or referred to. */
  last = -1;
  /** How many Pendings there are. */
  made = 0;
  hasUserTypes = false;
  private nesting = 0;

  // What is left for the end.
  readonly recordIndices: number[] = [];
  readonly recordFields: unknown[][] = [];
  readonly fixTargets: any[] = [];
  readonly fixKeys: PropertyKey[] = [];
  readonly fixValues: Pending[] = [];
  readonly fixIndices: number[] = [];
  readonly late: { readonly index: number; readonly run: () => void }[] = [];
  readonly extras: Extras[] = [];
  /** Weak collections have been met; how to put their entries in. */
  hasWeak = false;
  readonly ephemerons: (() => void)[] = [];

  constructor(reader: ByteReader, context: SnapshotContext, records: readonly (RecordType | undefined)[]) {
    this.in = reader;
    this.context = context;
    this.records = records;
  }

  /** Reads everything; afterwards only the lists are left to do. Returns the root, possibly a Pending. */
  run(): unknown {
    const root = this.value();
    this.bodies(0);
    if (this.hasWeak) readEphemerons(this);
    if (this.in.position !== this.in.end) throw malformed('bytes are left after the last object');
    return root;
  }

  /** Reads the bodies of all objects from number `first` on, and of those that they lead to. */
  bodies(first: number): void {
    for (let index = first; index < this.objects.length; index++) {
      this.current = index;
      this.firstChild[index] = this.objects.length;
      if (this.kinds[index] !== F.BODY_NONE) this.body(index);
    }
  }

  value(): unknown {
    const tag = this.in.byte();
    if (tag >= F.SMALL_INT) return tag - F.SMALL_INT + F.SMALL_INT_MIN;
    if (tag >= F.SHORT_STRING_REF) return this.stringAt(tag - F.SHORT_STRING_REF);
    if (tag >= F.SHORT_STRING) return this.shortString(tag - F.SHORT_STRING);
    if (tag >= F.SHORT_OBJECT_REF) return this.objectAt(tag - F.SHORT_OBJECT_REF);
    return this.tagged(tag);
  }

  private tagged(tag: number): unknown {
    switch (tag) {
      case F.UNDEFINED:
        return undefined;
      case F.NULL:
        return null;
      case F.FALSE:
        return false;
      case F.TRUE:
        return true;
      case F.INT_POSITIVE:
        return this.in.varint();
      case F.INT_NEGATIVE:
        return -1 - this.in.varint();
      case F.FLOAT32:
        return this.in.float32();
      case F.FLOAT64:
        return this.in.float64();
      case F.NOT_A_NUMBER:
        return NaN;
      case F.NEGATIVE_ZERO:
        return -0;
      case F.BIGINT_POSITIVE:
        return this.magnitude();
      case F.BIGINT_NEGATIVE:
        return -this.magnitude();
      case F.STRING_LATIN1:
        return this.newString(this.in.latin1(this.in.varint()));
      case F.STRING_UTF16:
        return this.newString(this.in.utf16(this.in.varint()));
      case F.STRING_UTF8:
        return this.newString(this.in.utf8(this.in.varint()));
      case F.STRING_REF:
        return this.stringAt(this.in.varint());
      case F.OBJECT_REF:
        return this.objectAt(this.in.varint());
      case F.RECORD:
        return this.record();
      case F.OBJECT:
        return this.add({}, F.BODY_OBJECT, undefined);
      case F.ARRAY:
        return this.add([], F.BODY_ARRAY, undefined);
      case F.MAP:
        return this.add(new Map(), F.BODY_MAP, undefined);
      case F.SET:
        return this.add(new Set(), F.BODY_SET, undefined);
      case F.DATE:
        return this.add(readDate(this), F.BODY_NONE, undefined);
      case F.CLOSURE:
        return this.addPending(F.BODY_CLOSURE, undefined);
      case F.REFERENCE:
        return readReference(this);
      case F.INSTANCE:
        return readInstance(this);
      case F.USER:
        return readUser(this);
      case F.ERROR:
        return this.add(makeError(this.in.byte()), F.BODY_EXTRAS, undefined);
      case F.RARE:
        return readRare(this, this.in.byte(), F.BODY_NONE);
      case F.EXTENDED:
        return this.extended();
      default:
        throw malformed(`tag ${tag} has no meaning here`);
    }
  }

  /** An object whose tag is followed by its content, but that has an extras block as its body, too. */
  private extended(): unknown {
    const tag = this.in.byte();
    if (tag === F.DATE) return this.add(readDate(this), F.BODY_EXTRAS, undefined);
    if (tag === F.RARE) return readRare(this, this.in.byte(), F.BODY_EXTRAS);
    throw malformed(`tag ${tag} cannot be extended`);
  }

  /** A value inside a tag. */
  nested(): unknown {
    if (++this.nesting > MAX_NESTING) throw malformed('tags are nested too deeply');
    const value = this.value();
    this.nesting--;
    return value;
  }

  private record(): unknown {
    const type = this.records[this.in.byte()];
    if (type === undefined) throw malformed('a record of an unknown type');
    return this.add(type.create(), F.BODY_RECORD, type);
  }

  add<T>(value: T, kind: number, payload: unknown): T {
    const index = this.objects.length;
    this.objects[index] = value;
    this.kinds[index] = kind;
    this.payloads[index] = payload;
    this.last = index;
    return value;
  }

  addPending(kind: number, payload: unknown): Pending {
    this.made++;
    return this.add(new Pending(this.objects.length), kind, payload);
  }

  private objectAt(index: number): unknown {
    if (index >= this.objects.length) throw malformed('a reference to an object that does not exist');
    this.references.push(this.current, index);
    this.last = index;
    return this.objects[index];
  }

  private stringAt(index: number): string {
    const text = this.strings[index];
    if (text === undefined) throw malformed('a reference to a string that does not exist');
    return text;
  }

  private shortString(length: number): string {
    return length === 0 ? '' : this.newString(this.in.latin1(length));
  }

  private newString(text: string): string {
    if (text !== '') this.strings.push(text);
    return text;
  }

  private magnitude(): bigint {
    const bytes = this.in.raw(this.in.count());
    return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  }

  string(): string {
    const value = this.value();
    if (typeof value !== 'string') throw malformed('something else where a string must be');
    return value;
  }

  number(): number {
    const value = this.value();
    if (typeof value !== 'number') throw malformed('something else where a number must be');
    return value;
  }

  /** `count` values; Pendings among them are listed by whoever asked. */
  values(count: number): unknown[] {
    const values: unknown[] = [];
    for (let index = 0; index < count; index++) values.push(this.value());
    return values;
  }

  private body(index: number): void {
    const target = this.objects[index];
    switch (this.kinds[index]) {
      case F.BODY_RECORD:
        this.recordIndices.push(index);
        this.recordFields.push(this.values(this.in.count()));
        break;
      case F.BODY_OBJECT:
        readObjectBody(this, index, target as object, true);
        break;
      case F.BODY_ARRAY:
        readArrayBody(this, index, target as unknown[]);
        break;
      case F.BODY_MAP:
        readMapBody(this, index, target as Map<unknown, unknown>);
        break;
      case F.BODY_SET:
        readSetBody(this, index, target as Set<unknown>);
        break;
      case F.BODY_EXTRAS:
      case F.BODY_PROTOTYPE:
      case F.BODY_PART:
        readExtras(this, index);
        break;
      case F.BODY_CLOSURE:
        readClosureBody(this, index);
        break;
      case F.BODY_INSTANCE:
        readInstanceBody(this, index, target as object);
        break;
      case F.BODY_INSTANCE_OF:
        readInstanceOfBody(this, index);
        break;
      case F.BODY_HOST:
        readHostBody(this, index);
        break;
      case F.BODY_USER:
        this.payloads[index] = { type: this.payloads[index], data: this.value() };
        break;
    }
  }

  /** `target[key]` becomes what `pending` stands for, once that exists. */
  fix(index: number, target: object, key: PropertyKey, pending: Pending): void {
    this.fixIndices.push(index);
    this.fixTargets.push(target);
    this.fixKeys.push(key);
    this.fixValues.push(pending);
  }

  /** What a value read from the body stands for. Only once everything it needs has been made. */
  resolve(value: unknown): any {
    if (!Pending.is(value)) return value;
    const made = this.objects[value.index];
    if (Pending.is(made)) throw malformed('something needs itself to be made');
    return made;
  }
}
