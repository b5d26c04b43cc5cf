/** Objects whose content JavaScript cannot see: they look empty, and saving them so would lose it silently. */
import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { HOST_FIXES } from '../host-fixes.ts';
import { INTRINSIC_NUMBERS } from '../intrinsics.ts';
import { inherits, isLongPrototypeChain, MAX_PROTOTYPE_CHAIN } from '../prototype-chain.ts';
import { hostTypeOf } from '../host-types/lookup.ts';
import type { SnapshotContext } from '../snapshot-context.ts';

const iteratorPrototype: object = Iterator.prototype;
const asyncIteratorPrototype: object = Object.getPrototypeOf(
  Object.getPrototypeOf(Object.getPrototypeOf((async function* empty() {})())),
) as object;

/** What `segment()` of an Intl.Segmenter returns; it has no constructor. */
const segmentsPrototype: object = Object.getPrototypeOf(new Intl.Segmenter().segment('')) as object;

/** The name of a built-in class without a form in the snapshot, or undefined. */
export function unsupportedBrand(value: object): string | undefined {
  if (types.isPromise(value)) return 'native Promise';
  if (types.isWeakMap(value)) return 'WeakMap';
  if (types.isWeakSet(value)) return 'WeakSet';
  if (types.isSharedArrayBuffer(value)) return 'SharedArrayBuffer';
  if (types.isGeneratorObject(value)) return 'native generator';
  if (types.isMapIterator(value)) return 'native Map iterator';
  if (types.isSetIterator(value)) return 'native Set iterator';
  if (types.isModuleNamespaceObject(value)) return 'module namespace without a name';
  if (types.isExternal(value)) return 'handle of a native library';
  if (value === globalThis) return 'global object';
  return undefined;
}

/** Why an ordinary-looking object cannot be saved, or undefined if it can. */
export function hostKind(
  context: SnapshotContext,
  value: object,
  prototype: object | null,
): { readonly what: string; readonly fix: string } | undefined {
  if (prototype === null || types.isProxy(prototype)) return undefined;
  if (isLongPrototypeChain(prototype)) {
    return {
      what: `at the end of a chain of more than ${MAX_PROTOTYPE_CHAIN} prototypes`,
      fix: 'Link the objects by a property instead of by their prototypes.',
    };
  }
  let isForeign = false;
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (at === iteratorPrototype || at === asyncIteratorPrototype) {
      // An object of the author that inherits from Iterator.prototype is as good as any other.
      if (!isForeign) break;
      return {
        what: `a native iterator (${nameOf(value)})`,
        fix: 'Take the values out before the suspension point, or iterate with for-of in the script.',
      };
    }
    if (at === segmentsPrototype) {
      return {
        what: 'the segments of an Intl.Segmenter',
        fix: 'Hold the text and the Intl.Segmenter, and call segment() again.',
      };
    }
    if (types.isProxy(at)) break;
    isForeign ||= advancesForeign(context, at);
  }
  if (INTRINSIC_NUMBERS.has(prototype) || prototype === EventEmitter.prototype) return undefined;
  const fn: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof fn !== 'function' || types.isProxy(fn)) return undefined;
  if (Object.getOwnPropertyDescriptor(fn, 'prototype')?.value !== prototype) return undefined;
  if (context.referenceOf(fn) === undefined && context.closureOf(fn) !== undefined) return undefined;
  if (context.instanceTypeOf(prototype) !== undefined) return undefined;
  if (context.partOf?.(prototype) !== undefined) return undefined;
  const name = nameOf(value);
  return {
    what: name === '' ? 'an object of a class that has no name' : `an instance of ${name}`,
    fix:
      HOST_FIXES.get(name) ??
      `Do not hold it across a suspension point: make it again afterwards, or register its class: ` +
        `serializable(${name === '' ? 'Class' : name}, { name, write, read }).`,
  };
}

/** Whether no snapshot can hold `value`, an object that has no name and is no Proxy, because it belongs to a package, to Node or to the engine. */
export function isForeign(value: object, context: SnapshotContext): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype || context.userTypeOf(prototype) !== undefined)
    return false;
  let base: object | null = prototype;
  while (base !== null && !types.isProxy(base) && context.instanceTypeOf(base) !== undefined)
    base = Object.getPrototypeOf(base) as object | null;
  if (base === null || base === Object.prototype || types.isProxy(base)) return false;
  if (context.recordOf?.(value) !== undefined || context.records.some((record) => record.prototype === base))
    return false;
  if (hostTypeOf(context, value, prototype) !== undefined || Object.hasOwn(value, 'constructor'))
    return false;
  if (unsupportedBrand(value) !== undefined) return true;
  return !inherits(base, URL.prototype) && !inherits(base, URLSearchParams.prototype)
    ? hostKind(context, value, base) !== undefined
    : false;
}

/** Whether `prototype` has a `next` that is neither of a durable module nor of its imports. */
function advancesForeign(context: SnapshotContext, prototype: object): boolean {
  const next: unknown = Object.getOwnPropertyDescriptor(prototype, 'next')?.value;
  if (typeof next !== 'function' || context.closureOf(next) !== undefined) return false;
  return context.referenceOf(next) === undefined || sourceOf(next).endsWith('{ [native code] }');
}

const sourceText = Reflect.get(Function.prototype, 'toString') as Function;
const sourceOf = (fn: Function): string => Reflect.apply(sourceText, fn, []) as string;

/** The name of the class, read without running any code of the author. */
function nameOf(value: object): string {
  for (let at = Object.getPrototypeOf(value) as object | null; at !== null; at = Object.getPrototypeOf(at)) {
    if (types.isProxy(at)) break;
    const tag: unknown = Object.getOwnPropertyDescriptor(at, Symbol.toStringTag)?.value;
    const fn: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof fn === 'function' && !types.isProxy(fn)) {
      const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
      if (typeof name === 'string') return name;
    }
    if (typeof tag === 'string') return tag;
  }
  return '';
}
