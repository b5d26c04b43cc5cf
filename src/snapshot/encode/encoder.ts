/**
 * The walk from values to bytes. HOT PATH.
 *
 * Owns the state of one encode: numbers of objects, strings and shapes, and what is still to be written.
 * 1. Objects are numbered when first met and their bodies are written in that order: the list of objects is the queue,
 *    nothing recurses on data.
 * 2. `bodyStart[i]` is how many objects were known when the body of object i was begun, so the parent of an object is
 *    the last one whose `bodyStart` does not exceed its number. Paths in errors come from that alone.
 * 3. No code of the author runs, except `write()` of user types.
 * 4. After a failure an encoder is thrown away; after a success `clear` makes it hold no value of the graph.
 */
import { types } from 'node:util';
import { ByteWriter } from '../byte-writer.ts';
import * as F from '../format.ts';
import { Numbering } from '../numbering.ts';
import { ShapeTrie } from '../shape-trie.ts';
import { StringTable } from '../string-table.ts';
import type { Closure, RecordType, SnapshotContext } from '../snapshot-context.ts';
import { writeArrayBody } from './arrays.ts';
import { writeClosureBody, writeFunction, writePrototypeBody } from './functions.ts';
import type { ClosureShapes } from './functions.ts';
import { writeMapBody, writeSetBody } from './collections.ts';
import { discover } from './discover.ts';
import { writeEphemerons } from './ephemerons.ts';
import { writeHostBody } from './hosts.ts';
import { writeInstanceBody } from './instances.ts';
import type { InstanceBody } from './instances.ts';
import { writeNumber, writeBigInt } from './numbers.ts';
import { writeLeafExtras } from './leaf-objects.ts';
import { writePartBody } from './parts.ts';
import { writeObjectBody } from './properties.ts';
import { writeString } from './strings.ts';
import { writeSymbol } from './symbols.ts';
import { writeUserBody } from './user-types.ts';
import type { BufferPlan } from './binary-data.ts';

const { isProxy } = types;
const KEEP = 4096;

/** What an earlier walk over the same graph found out. */
export interface Plan {
  readonly buffers: BufferPlan;
  /** The URL of each URLSearchParams that belongs to one. */
  readonly urlOfParams: ReadonlyMap<object, object>;
}

export class Encoder {
  readonly out = new ByteWriter();
  readonly objects = new Numbering();
  readonly strings = new StringTable();
  readonly shapes = new ShapeTrie();
  /** For each object: what its body is, and what the body writer needs (a record type, a closure ...). */
  kinds: number[] = [];
  payloads: unknown[] = [];
  bodyStart: number[] = [];
  /** References to objects met before, as pairs (from, to). */
  references: number[] = [];
  referenceCount = 0;
  /** Number of the object whose body is being written; -1 for the root. */
  current = -1;
  /** Number of the object that the last `value` wrote or referred to. */
  last = -1;
  /** Values of one object between looking at its properties and writing them. */
  readonly scratch: unknown[] = [];
  context!: SnapshotContext;
  records!: ReadonlyMap<object, RecordType>;
  root: unknown = undefined;
  plan: Plan | undefined = undefined;
  closureShapes: ClosureShapes | undefined = undefined;
  /** ArrayBuffers, views and URLs met, when there are any. */
  buffers: BufferPlan | undefined = undefined;
  urls: URL[] | undefined = undefined;
  looseParams = false;
  /** A function has been met that may belong to a formatter. */
  looseFunctions = false;
  hasUserTypes = false;
  /** Direct needs of things that are made from others (closures, prototypes), as pairs (who, what). */
  needs: number[] | undefined = undefined;
  /** Numbers of the weak collections met, and the symbols that may be their keys. */
  weak: number[] | undefined = undefined;
  symbols: Set<symbol> | undefined = undefined;

  begin(root: unknown, context: SnapshotContext, records: ReadonlyMap<object, RecordType>): void {
    this.root = root;
    this.context = context;
    this.records = records;
    this.shapes.begin();
  }

  /** Writes the root and the bodies of everything that it reaches. */
  run(): void {
    this.value(this.root);
    this.bodies(0);
    if (this.weak !== undefined) writeEphemerons(this, this.weak);
  }

  /** Writes the bodies of all objects from number `first` on, and of those that they lead to. */
  bodies(first: number): void {
    for (let index = first; index < this.objects.count; index++) {
      this.current = index;
      this.bodyStart[index] = this.objects.count;
      if (this.kinds[index] !== F.BODY_NONE) this.body(index);
    }
  }

  value(value: unknown): void {
    this.out.reserve(16);
    switch (typeof value) {
      case 'number':
        writeNumber(this.out, value);
        break;
      case 'string':
        writeString(this, value);
        break;
      case 'object':
        if (value === null) this.out.byte(F.NULL);
        else this.object(value);
        break;
      case 'undefined':
        this.out.byte(F.UNDEFINED);
        break;
      case 'boolean':
        this.out.byte(value ? F.TRUE : F.FALSE);
        break;
      case 'function':
        this.object(value);
        break;
      case 'bigint':
        writeBigInt(this.out, value);
        break;
      case 'symbol':
        writeSymbol(this, value);
        break;
    }
  }

  private object(value: object): void {
    const known = this.objects.find(value);
    if (known >= 0) this.reference(known);
    else if (typeof value === 'function') writeFunction(this, value);
    else if (isProxy(value)) discover(this, value, null, true);
    else {
      const prototype = Object.getPrototypeOf(value) as object | null;
      const record = prototype === Object.prototype ? undefined : this.records.get(prototype!);
      if (record === undefined) discover(this, value, prototype, false);
      else {
        this.out.byte(F.RECORD);
        this.out.byte(record.tag);
        this.add(value, F.BODY_RECORD, record);
      }
    }
  }

  private reference(index: number): void {
    if (index < F.SHORT) this.out.byte(F.SHORT_OBJECT_REF + index);
    else {
      this.out.byte(F.OBJECT_REF);
      this.out.varint(index);
    }
    this.last = index;
    this.references[this.referenceCount++] = this.current;
    this.references[this.referenceCount++] = index;
  }

  /** Numbers an object whose tag has been written. */
  add(value: object, kind: number, payload: unknown): number {
    const index = this.objects.add(value);
    this.kinds[index] = kind;
    this.payloads[index] = payload;
    this.last = index;
    return index;
  }

  private body(index: number): void {
    const value = this.objects.items[index]!;
    const payload = this.payloads[index];
    switch (this.kinds[index]) {
      case F.BODY_RECORD: {
        const fields = (payload as RecordType).read(value);
        this.out.reserve(8);
        this.out.varint(fields.length);
        for (let field = 0; field < fields.length; field++) this.value(fields[field]);
        break;
      }
      case F.BODY_OBJECT:
        writeObjectBody(this, value, Object.prototype);
        break;
      case F.BODY_ARRAY:
        writeArrayBody(this, value as unknown[], Array.prototype);
        break;
      case F.BODY_MAP:
        writeMapBody(this, value as Map<unknown, unknown>, Map.prototype);
        break;
      case F.BODY_SET:
        writeSetBody(this, value as Set<unknown>, Set.prototype);
        break;
      case F.BODY_EXTRAS:
        writeLeafExtras(this, value, payload as object);
        break;
      case F.BODY_CLOSURE:
        writeClosureBody(this, index, value as Function, payload as Closure);
        break;
      case F.BODY_PROTOTYPE:
        writePrototypeBody(this, value, payload as Function);
        break;
      case F.BODY_PART:
        writePartBody(this, value);
        break;
      case F.BODY_INSTANCE:
      case F.BODY_INSTANCE_OF:
        writeInstanceBody(this, value, payload as InstanceBody);
        break;
      case F.BODY_HOST:
        writeHostBody(this, index, value);
        break;
      case F.BODY_USER:
        writeUserBody(this, index, value);
        break;
    }
  }

  /** Makes the encoder ready for the next snapshot; it then holds nothing of this one. */
  clear(): void {
    const used = this.objects.count;
    if (used > KEEP) {
      this.kinds = [];
      this.payloads = [];
      this.bodyStart = [];
    } else this.payloads.fill(undefined, 0, used);
    if (this.referenceCount > KEEP) this.references = [];
    this.referenceCount = 0;
    this.objects.clear();
    this.strings.clear();
    // Its values have been taken out one by one; the room they were in is worth keeping.
    if (this.scratch.length > KEEP) this.scratch.length = 0;
    this.out.reset();
    this.current = -1;
    this.last = -1;
    this.context = undefined!;
    this.records = undefined!;
    this.root = undefined;
    this.plan = undefined;
    this.closureShapes = undefined;
    this.buffers = undefined;
    this.urls = undefined;
    this.looseParams = false;
    this.looseFunctions = false;
    this.hasUserTypes = false;
    this.needs = undefined;
    this.weak = undefined;
    this.symbols = undefined;
  }
}
