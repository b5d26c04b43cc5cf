/**
 * What the snapshot format asks of its caller.
 *
 * The encoder and the decoder know JavaScript's own values. Everything that belongs to a running
 * instance (frames, promises, closures, classes of durable modules, names of imports) reaches them
 * through this seam, so that `snapshot` knows nobody above it.
 */

/** A class of the runtime whose instances are stored as a list of field values (frame, promise, box ...). */
export interface RecordType<T extends object = any> {
  /** Number in the format: never reused, never changed. 1 to 127. */
  readonly tag: number;
  /** For error messages. */
  readonly name: string;
  /** Instances are recognised by their exact `constructor` function (own prototype object of the class). */
  readonly prototype: object;
  /** Field values, in a fixed order. Later versions may append fields. */
  read(value: T): readonly unknown[];
  /** An empty instance; filled by `write` after every object of the snapshot exists. */
  create(): T;
  /** Fills an instance. Throws a SnapshotError with code WM4xxx if the fields cannot be right. */
  write(value: T, fields: readonly unknown[]): void;
  /**
   * How field `index` of `value` reads in a path shown to the author, for example
   * `payments.ts:14 settle(): local "socket"`. Undefined: this hop is internal and is left out of the path.
   */
  label?(value: T, index: number): string | undefined;
}

/** A closure made in a durable module: which function, and the cells (captured variables) it holds. */
export interface Closure {
  readonly code: number;
  readonly cells: readonly unknown[];
}

/** An object that comes with a closure and is found again in it: its prototype object, a method ... */
export interface Part {
  /** The closure, or a function found by name. */
  readonly owner: object;
  readonly name: string;
}

/** What an object was like when it was made. */
export interface Fresh {
  /** Undefined: it may be another one when the object is made again. */
  readonly prototype: object | null | undefined;
  /** Own keys whose state differs now, in order; deleted ones at the end. */
  changes(object: object): readonly PropertyKey[];
}

/** A class of a durable module, or one registered with `serializable`. */
export interface InstanceType {
  /** An empty object with the right prototype and (uninitialised) private fields. Runs no constructor of the author. */
  create(): object;
  /** Values of all private fields, base class first; an empty list if the class has none. */
  readPrivates(value: object): readonly unknown[];
  writePrivates(value: object, fields: readonly unknown[]): void;
}

/** A class registered with `serializable(Class, { name, write, read })`. */
export interface UserType {
  readonly name: string;
  /** Called with an instance; returns plain data that stands for it. */
  write(value: object): unknown;
  /** Called with that data, completely restored; returns the instance. */
  read(data: unknown): object;
}

/**
 * A class of the platform whose content JavaScript cannot see as properties: `Intl.NumberFormat`, `Headers`, `WeakMap` ... An instance is made
 * from its parts, filled with its content when all objects of the snapshot exist, and given its own properties.
 */
export interface HostType<T extends object = any> {
  /** In the bytes: never changed, never reused. */
  readonly name: string;
  /** Undefined for Proxies, which have none of their own. */
  readonly prototype: object | undefined;
  /** Whether `value` really is one. Runs no code of the author. */
  is(value: object): boolean;
  /** What `make` needs; absent: nothing. Throws HostRefusal for an instance that cannot be saved. */
  parts?(value: T, context: SnapshotContext): readonly unknown[];
  /** A new instance. Throws anything if the parts cannot be right. */
  make(parts: readonly unknown[]): T;
  /** What `fill` needs. Throws HostRefusal for an instance that cannot be saved. */
  content?(value: T, context: SnapshotContext): readonly unknown[];
  fill?(this: void, value: T, content: readonly unknown[]): void;
  /** Own properties that are part of the implementation: not saved. */
  hides?(key: PropertyKey): boolean;
  /** Holds some objects only as long as others reach them: they are saved only if something else in the snapshot holds them. */
  readonly weak?: WeakAccess<T>;
}

/** What a weak collection knows of a key. */
export interface WeakAccess<T extends object = any> {
  has(owner: T, key: WeakKey): boolean;
  /** What goes with the key and is kept by it; undefined if nothing does. */
  get(owner: T, key: WeakKey): unknown;
  put(owner: T, key: WeakKey, value: unknown): void;
  /** The only key that `owner` can have, if that is known without asking for each. */
  only?(owner: T): WeakKey | undefined;
}

/** Why an instance of a host type cannot be saved. */
export class HostRefusal {
  /** Completes "... is ". */
  readonly what: string;
  readonly fix: string;

  constructor(what: string, fix: string) {
    this.what = what;
    this.fix = fix;
  }
}

export interface SnapshotContext {
  /** Identifies the compiled code; written in the header in clear. Hexadecimal. */
  readonly codeHash: string;
  readonly records: readonly RecordType[];
  /**
   * The name of an object, function or symbol that is not saved but found again by name: a built-in, an export
   * of an import, a function, class or prototype of the bundle. Undefined: no such name.
   * Also answers for class prototypes (`class:2.prototype`).
   */
  referenceOf(value: object | symbol): string | undefined;
  /** The inverse. Throws a SnapshotError (WM4xxx) for an unknown name; never evaluates anything. */
  resolveReference(name: string): object | symbol;
  closureOf(fn: object): Closure | undefined;
  /** Makes the closure again. Throws a SnapshotError for an unknown code number or a wrong count of cells. */
  createClosure(code: number, cells: readonly unknown[]): object;
  /** Which part of which closure `object` is. */
  partOf?(object: object): Part | undefined;
  /** The part again; `owner` has been made. Undefined if it has none of that name. */
  findPart?(owner: object, name: string): object | undefined;
  /** For closures and parts that are made with more properties than every function has. */
  freshOf?(object: object): Fresh | undefined;
  /** The record type of an object that its prototype does not tell: a generator object, say. */
  recordOf?(value: object): RecordType | undefined;
  /** For objects whose prototype is neither `Object.prototype`, null nor a built-in's. */
  instanceTypeOf(prototype: object): InstanceType | undefined;
  /** The user type registered for exactly this prototype. */
  userTypeOf(prototype: object): UserType | undefined;
  userTypeNamed(name: string): UserType | undefined;
  /** Host types besides those that the format brings along. */
  readonly hostTypes?: readonly HostType[];
  /** Proxies: undefined if none can be saved. */
  readonly proxyType?: HostType;
  /** Everything that `referenceOf` has a name for and that may be the key of a weak collection. */
  knownObjects?(): Iterable<WeakKey>;
}

/** `encode(root, context)`: bytes of the whole graph reachable from `root`. Throws SnapshotError. */
export type Encode = (root: unknown, context: SnapshotContext) => Uint8Array;
/** `decode(bytes, context)`: the graph again. Throws SnapshotError for anything not exactly a snapshot. */
export type Decode = (bytes: Uint8Array, context: SnapshotContext) => unknown;
