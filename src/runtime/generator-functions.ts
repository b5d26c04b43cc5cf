/**
 * Generator functions of durable modules: what makes a function object one, and what its calls give. The intrinsic objects around
 * them (ECMA-262 27.3 to 27.6) are Waymark's own, because the methods of the native ones refuse its generator objects.
 */
import { asyncIteratorPrototype } from './async-iterator-prototype.ts';
import { AsyncGeneratorMachine, DurableAsyncGenerator } from './async-generator.ts';
import { FunctionRecord } from './function-record.ts';
import { durableIteratorPrototype } from './iterator-constructor.ts';
import type { Fresh } from '../snapshot/index.ts';
import { addPart, keepFresh } from './parts.ts';
import { stampOwner } from './stamp.ts';
import { DurableGenerator, GeneratorFrame, noteRecent } from './generator.ts';
import { isObject } from './iterator-protocol.ts';

const getPrototype = Object.getPrototypeOf as (value: unknown) => object;
const nativeGenerator = getPrototype(function* empty() {});
const nativeAsyncGenerator = getPrototype(async function* empty() {});

/** One kind of generators: %GeneratorFunction% and what hangs on it. */
export interface GeneratorKind {
  readonly name: string;
  /** The constructor of generator functions; code given to it as text is native. */
  readonly constructor: Function;
  /** What generator functions inherit from. */
  readonly functionPrototype: object;
  /** What generator objects inherit from. */
  readonly prototype: object;
}

function makeKind(Class: Function, native: object, iteratorPrototype: object): GeneratorKind {
  const nativeConstructor = native.constructor;
  const { name } = nativeConstructor;
  const constructor = function (...text: unknown[]): unknown {
    return Reflect.apply(nativeConstructor, undefined, text);
  };
  const functionPrototype = Object.create(Function.prototype) as object;
  const prototype = Class.prototype as object;
  const fixed = { writable: false, enumerable: false, configurable: true };
  const tag = { ...fixed, value: name.replace('Function', '') };
  Object.defineProperties(constructor, {
    name: { ...fixed, value: name },
    length: { ...fixed, value: 1 },
    prototype: { value: functionPrototype, writable: false, enumerable: false, configurable: false },
  });
  Object.setPrototypeOf(constructor, Function);
  Object.defineProperties(functionPrototype, {
    constructor: { ...fixed, value: constructor },
    prototype: { ...fixed, value: prototype },
    [Symbol.toStringTag]: { ...fixed, value: name },
  });
  Object.setPrototypeOf(prototype, iteratorPrototype);
  Object.defineProperties(prototype, {
    constructor: { ...fixed, value: functionPrototype },
    [Symbol.toStringTag]: tag,
  });
  return { name, constructor, functionPrototype, prototype };
}

export const SYNC_GENERATORS = makeKind(DurableGenerator, nativeGenerator, durableIteratorPrototype);
export const ASYNC_GENERATORS = makeKind(DurableAsyncGenerator, nativeAsyncGenerator, asyncIteratorPrototype);

function kindOf(fn: FunctionRecord): GeneratorKind {
  return fn.metadata.kind === 'generator' ? SYNC_GENERATORS : ASYNC_GENERATORS;
}

/** Makes `value` a generator function: its prototype chain and its own `prototype`. Returns it. */
export function makeGeneratorFunction<F extends object>(fn: FunctionRecord, value: F): F {
  const kind = kindOf(fn);
  Object.setPrototypeOf(value, kind.functionPrototype);
  Object.defineProperty(value, 'prototype', {
    value: Object.create(kind.prototype) as object,
    writable: true,
  });
  return value;
}

/** `value` is the only function object of `fn`. Returns its `prototype`. */
export function makeOnlyCallee(fn: FunctionRecord, value: object): object {
  const callee = value as { prototype: object };
  fn.callee = callee;
  fn.firstPrototype = callee.prototype;
  return callee.prototype;
}

/** The same for the method `key` of a class. Undefined if another member has taken its place. */
export function makeGeneratorMethod(
  fn: FunctionRecord,
  holder: object,
  key: PropertyKey,
): object | undefined {
  const method: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  if (typeof method !== 'function' || Object.hasOwn(method, 'prototype')) return undefined;
  return makeGeneratorFunction(fn, method);
}

/** The same for a class that is made at run time, before the class itself is registered. */
export function makeGeneratorPart(fn: FunctionRecord, holder: object, key: PropertyKey): object | undefined {
  const method = makeGeneratorMethod(fn, holder, key);
  if (method === undefined) return undefined;
  keepFresh(method);
  const { prototype } = method as { prototype: object };
  const isStatic = typeof holder === 'function';
  const owner = isStatic ? holder : holder.constructor;
  addPart(owner, `${isStatic ? 'static' : 'proto'}:generator:${String(key)}`, prototype);
  keepFresh(prototype);
  return method;
}

/** How a fresh generator function that is a closure looks; undefined for other functions. Its `prototype` is always saved: generators inherit from it. */
export function generatorFunctionState(object: object): Fresh | undefined {
  const owner = stampOwner(object);
  const prototype = owner instanceof FunctionRecord ? functionPrototypeOf(owner) : undefined;
  return prototype === undefined ? undefined : { prototype, changes };
}

const changes = (fn: object): readonly PropertyKey[] =>
  Reflect.ownKeys(fn).filter((key) => key !== 'length' && key !== 'name');

/** What a fresh function object of `fn` inherits from. Undefined: Function.prototype. */
export function functionPrototypeOf(fn: FunctionRecord): object | undefined {
  const { kind } = fn.metadata;
  return kind === 'generator' || kind === 'async-generator' ? kindOf(fn).functionPrototype : undefined;
}

/** What generator objects of `fn` inherit from when nobody has changed it and `fn` is no closure. */
export function usualPrototype(fn: FunctionRecord): object {
  return fn.firstPrototype ?? kindOf(fn).prototype;
}

/**
 * The generator object of a call. `callee`: the function object, when it is a closure. `binds`: the parameters are bound by the code of
 * the function, before its `prototype` is looked up.
 */
export function generate(
  fn: FunctionRecord,
  slots: readonly unknown[],
  callee: object | undefined,
  binds: boolean,
): object {
  if (fn.body !== undefined) {
    const machine = new AsyncGeneratorMachine(fn, slots);
    if (binds) fn.body(machine, slots, 0);
    return new DurableAsyncGenerator(objectOf(fn, callee), machine);
  }
  const frame = new GeneratorFrame(fn, slots);
  if (binds) fn.resume!(frame, slots, 0);
  const generator = new DurableGenerator(objectOf(fn, callee), frame);
  return callee === undefined ? generator : noteRecent(generator, frame);
}

/** OrdinaryCreateFromConstructor. */
function objectOf(fn: FunctionRecord, callee: object | undefined): object {
  const prototype = ((callee ?? fn.callee) as { prototype: unknown } | undefined)?.prototype;
  return Object.create(isObject(prototype) ? prototype : kindOf(fn).prototype) as object;
}
