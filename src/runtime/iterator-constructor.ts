/**
 * `Iterator` of durable modules: the native one's prototype object with a layer in front of it, whose lazy methods give
 * helpers that a snapshot can hold. Whatever inherits from either prototype is an `Iterator` to both sides.
 */
import { isObject } from './iterator-protocol.ts';

const NativeIterator = globalThis.Iterator as unknown as Function & { prototype: object };
const nativePrototype = NativeIterator.prototype;
const ordinaryHasInstance = Function.prototype[Symbol.hasInstance] as (
  this: Function,
  value: unknown,
) => boolean;

/** ECMA-262 27.1.3.1.1. Abstract: only derived classes make instances. */
function construct(this: unknown): void {
  if (new.target === undefined) throw new TypeError("Constructor Iterator requires 'new'");
  if (new.target === construct) throw new TypeError('Abstract class Iterator not directly constructable');
}

export const DurableIterator = construct as unknown as Function;
export const durableIteratorPrototype: object = Object.create(nativePrototype) as object;

Object.defineProperties(construct, {
  name: { value: 'Iterator', configurable: true },
  length: { value: 0, configurable: true },
  prototype: { value: durableIteratorPrototype, writable: false },
  // Native iterators are instances, too; derived classes inherit this method.
  [Symbol.hasInstance]: {
    value: function hasInstance(this: unknown, value: unknown): boolean {
      return this === construct
        ? isObject(value) && Object.prototype.isPrototypeOf.call(nativePrototype, value)
        : ordinaryHasInstance.call(this as Function, value);
    },
  },
});

/** The native functions, apart from those that are defined anew below and elsewhere. */
function copyFrom(native: object, target: object): void {
  for (const key of Reflect.ownKeys(native)) {
    if (Object.hasOwn(target, key)) continue;
    Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(native, key)!);
  }
}
copyFrom(NativeIterator, construct);
copyFrom(nativePrototype, durableIteratorPrototype);

/** Accessors that look like data properties and can be shadowed by assignment (SetterThatIgnoresPrototypeProperties). */
function shadowable(key: 'constructor' | typeof Symbol.toStringTag, value: unknown): void {
  const native = Object.getOwnPropertyDescriptor(nativePrototype, key)!;
  if (native.get === undefined) {
    Object.defineProperty(durableIteratorPrototype, key, { ...native, value });
    return;
  }
  const text = String(key);
  const accessors = {
    get() {
      return value;
    },
    set(this: unknown, given: unknown) {
      if (!isObject(this) || this === durableIteratorPrototype) {
        // The native setter knows the right error for both.
        Reflect.apply(native.set!, isObject(this) ? nativePrototype : this, [given]);
      } else if (Object.hasOwn(this, key)) Reflect.set(this, key, given);
      else
        Object.defineProperty(this, key, {
          value: given,
          writable: true,
          enumerable: true,
          configurable: true,
        });
    },
  };
  const name = typeof key === 'symbol' ? `[${text.slice(7, -1)}]` : text;
  Object.defineProperty(accessors.get, 'name', { value: `get ${name}`, configurable: true });
  Object.defineProperty(accessors.set, 'name', { value: `set ${name}`, configurable: true });
  Object.defineProperty(durableIteratorPrototype, key, {
    ...accessors,
    enumerable: false,
    configurable: true,
  });
}
shadowable('constructor', construct);
shadowable(Symbol.toStringTag, 'Iterator');

/** Defines methods as the language defines its own. */
export function defineMethods(target: object, methods: Readonly<Record<string, Function>>): void {
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Makes the prototype object of a class of iterators look like the native one: methods, tag, place in the chain. */
export function shapeKind(
  prototype: object,
  tag: string | undefined,
  methods: Readonly<Record<string, Function>>,
): void {
  Reflect.deleteProperty(prototype, 'constructor');
  Object.setPrototypeOf(prototype, durableIteratorPrototype);
  defineMethods(prototype, methods);
  if (tag !== undefined)
    Object.defineProperty(prototype, Symbol.toStringTag, { value: tag, configurable: true });
}
