/**
 * One evaluation of a bundle: its functions, and the names under which a snapshot finds its objects again.
 *
 * Owns: the table of functions, names of what exists once, access to module-level state. Invariants:
 * L1. Evaluation happens once, in the constructor's call of the bundle's function.
 * L2. A name means the same thing in every realm of the same bundle.
 */
import { randomUUID } from 'node:crypto';
import { types } from 'node:util';
import type { Bundle } from '../bundle.ts';
import { ABI_VERSION } from '../frame-abi.ts';
import { type InstanceType, isFrozen } from '../snapshot/index.ts';
import { bundlePlace } from './author-stack.ts';
import { builtInName, builtInNamed, builtIns } from './built-ins.ts';
import { createAbi } from './create-abi.ts';
import { FunctionRecord } from './function-record.ts';
import { type ImportNames, importNames } from './import-names.ts';
import { enterTurn, type OwnerContext } from './owner.ts';
import { nameResources } from './held-resources.ts';
import { runtimeName, runtimeNamed } from './runtime-names.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';

export interface DurableClass {
  readonly record: FunctionRecord;
  readonly value: Function;
  readonly privates:
    | undefined
    | {
        read(object: object): unknown[];
        write(object: object, values: readonly unknown[]): void;
        /** Private methods that the script uses as values, of an instance. */
        methods?(object: object): Readonly<Record<string, object>>;
        /** The same for static ones. */
        statics?(): Readonly<Record<string, object>>;
      };
}

type Evaluate = (
  abi: object,
  modules: ReadonlyMap<string, object>,
  ...globals: unknown[]
) => Record<string, unknown>;

/** Levels of a frozen constant whose objects have names. */
const MAX_CONSTANT_DEPTH = 8;
const compiled = new Map<string, Evaluate>();

export class Realm {
  readonly bundle: Bundle;
  readonly functions: readonly FunctionRecord[];
  /** Classes by prototype object. */
  readonly classes = new Map<object, DurableClass>();
  readonly instanceTypes = new Map<object, InstanceType>();
  entry: (input?: unknown) => unknown = undefined!;
  readState: () => unknown[] = () => [];
  writeState: (values: readonly unknown[]) => void = () => {};
  /** Of the instance that has a realm for itself, because its module has state. */
  home: OwnerContext | undefined = undefined;

  readonly #nameOf = new Map<object | symbol, string>();
  readonly #named = new Map<string, object | symbol>();
  readonly #imports: ImportNames;
  #symbols = 0;
  readonly #symbolNames = new WeakMap<WeakKey, string>();
  readonly #symbolsByName = new Map<string, WeakRef<WeakKey>>();
  #symbolLimit = 1000;

  constructor(
    bundle: Bundle,
    modules: ReadonlyMap<string, object>,
    globals: Readonly<Record<string, unknown>>,
  ) {
    if (!(bundle.abi <= ABI_VERSION)) {
      throw new RuntimeError(
        RuntimeCode.wrongAbi,
        `The bundle ${bundle.name} was compiled for frame ABI ${bundle.abi}; this Waymark has ${ABI_VERSION}.`,
        {
          fix: 'Run it with the Waymark version that compiled it, or a newer one.',
        },
      );
    }
    this.bundle = bundle;
    this.functions = bundle.functions.map((metadata, id) => new FunctionRecord(id, metadata, bundle.sources));
    this.#imports = importNames(modules);
    for (const name of bundle.globals) this.name(`global:${name}`, globals[name]);
    // What the module makes while it is evaluated belongs to no instance.
    const before = enterTurn(undefined);
    let exported: Record<string, unknown>;
    try {
      const values = bundle.globals.map((name) => globals[name]);
      exported = evaluate(bundle)(createAbi(this), modules, ...values);
    } finally {
      enterTurn(before);
    }
    if (typeof exported['default'] !== 'function') {
      throw new RuntimeError(
        RuntimeCode.noEntry,
        `The default export of ${bundle.sources[0] ?? bundle.name} is not a function.`,
        {
          fix: 'Write `export default async function main(input) { ... }`.',
        },
      );
    }
    this.entry = exported['default'] as (input: unknown) => unknown;
  }

  /** Registers an object that exists once per realm. The first name wins; values that cannot be named are ignored. */
  name(name: string, value: unknown): void {
    const nameable =
      (typeof value === 'object' && value !== null) ||
      typeof value === 'function' ||
      typeof value === 'symbol';
    if (!nameable || this.#named.has(name)) return;
    this.#named.set(name, value);
    if (!this.#nameOf.has(value)) this.#nameOf.set(value, name);
  }

  /** An object in a variable that never changes, and what it holds as far as that is frozen, too. */
  nameConstant(name: string, value: unknown, depth = 0): void {
    this.name(name, value);
    if (depth > MAX_CONSTANT_DEPTH || typeof value !== 'object' || value === null || types.isProxy(value))
      return;
    if (!isFrozen(value) || ArrayBuffer.isView(value)) return;
    for (const key of Object.keys(value)) {
      const member: unknown = Object.getOwnPropertyDescriptor(value, key)!.value;
      if (typeof member === 'object' && member !== null)
        this.nameConstant(`${name}.${key}`, member, depth + 1);
    }
  }

  /**
   * A symbol of the script. Those made while the module is evaluated are found again by their order; the others by an id of their
   * own, under which a restored instance gets a symbol of the same description.
   */
  makeSymbol(description: unknown): symbol {
    const symbol = description === undefined ? Symbol() : Symbol(description as string);
    const isLoading = this.entry === undefined;
    if (isLoading) this.name(`symbol:${this.#symbols++}`, symbol);
    else this.#keepSymbol(symbolName(randomUUID(), symbol.description), symbol);
    return symbol;
  }

  nameOf(value: object | symbol): string | undefined {
    if (typeof value === 'symbol')
      return (
        this.#nameOf.get(value) ??
        this.#symbolNames.get(value as never) ??
        this.#imports.nameOf.get(value) ??
        builtInName(value)
      );
    return (
      this.#nameOf.get(value) ?? this.#imports.nameOf.get(value) ?? runtimeName(value) ?? builtInName(value)
    );
  }

  /** Everything that has a name, apart from symbols made while the script ran. */
  *known(): Iterable<WeakKey> {
    yield* this.#named.values();
    yield* this.#imports.named.values();
    yield* builtIns();
  }

  named(name: string): object | symbol | undefined {
    return (
      this.#named.get(name) ??
      this.#imports.named.get(name) ??
      runtimeNamed(name) ??
      builtInNamed(name) ??
      this.#restoredSymbol(name)
    );
  }

  /** What has a name that begins with `prefix`. */
  *namedWith(prefix: string): Iterable<readonly [string, object | symbol]> {
    for (const entry of this.#named) if (entry[0].startsWith(prefix)) yield entry;
  }

  #restoredSymbol(name: string): symbol | undefined {
    const known = this.#symbolsByName.get(name)?.deref() as symbol | undefined;
    if (known) return known;
    const match = /^symbol:([0-9a-f-]{36})(?::([^]*))?$/.exec(name);
    if (!match) return undefined;
    const symbol = Symbol(match[2]);
    this.#keepSymbol(name, symbol);
    return symbol;
  }

  /** As long as the script has it. */
  #keepSymbol(name: string, symbol: symbol): void {
    this.#symbolNames.set(symbol as never, name);
    this.#symbolsByName.set(name, new WeakRef(symbol as never));
    if (this.#symbolsByName.size > this.#symbolLimit) {
      for (const [key, ref] of this.#symbolsByName)
        if (ref.deref() === undefined) this.#symbolsByName.delete(key);
      this.#symbolLimit = Math.max(1000, this.#symbolsByName.size * 2);
    }
  }
}

function symbolName(id: string, description: string | undefined): string {
  return description === undefined ? `symbol:${id}` : `symbol:${id}:${description}`;
}

/** The bundle's function: compiled once per process, called once per realm. */
function evaluate(bundle: Bundle): Evaluate {
  let fn = compiled.get(bundle.hash);
  if (!fn) {
    const map = Buffer.from(bundle.map).toString('base64');
    const place = bundlePlace(bundle);
    const text = `${bundle.code}\n//# sourceURL=${place}\n//# sourceMappingURL=data:application/json;base64,${map}`;
    // Indirect eval: global scope, strict by the bundle's own directive.
    // oxlint-disable-next-line no-eval -- the text is our compiler's
    fn = (0, eval)(text) as Evaluate;
    compiled.set(bundle.hash, fn);
  }
  return fn;
}

/** `modules`: what `importModules` gave for `bundle.imports`. `globals`: values for `bundle.globals`. */
export function loadRealm(
  bundle: Bundle,
  modules: ReadonlyMap<string, object>,
  globals: Readonly<Record<string, unknown>> = {},
): Realm {
  const realm = new Realm(bundle, modules, globals);
  if (bundle.state.length > 0) nameResources(realm);
  return realm;
}

/** Lets go of the compiled text of a bundle that is no longer needed. */
export function forgetCode(hash: string): void {
  compiled.delete(hash);
}

export { exportNames, importModules } from './modules.ts';
