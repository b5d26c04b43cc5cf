/** The frame ABI for one realm: what compiled code calls. */
import { type FrameAbi, SUSPENDED, UNSET } from '../frame-abi.ts';
import { type AsyncGeneratorMachine, asyncPass, asyncYield, driverOf } from './async-generator.ts';
import { delegateAsync, iterateAsync } from './async-iteration.ts';
import { DurableAbortSignal } from './abort-signal.ts';
import { bindFunction } from './bound-function.ts';
import { delegate } from './delegation.ts';
import { Box } from './box.ts';
import { callForm, method } from './built-in-forms.ts';
import { DurableAsyncDisposableStack, DurableDisposableStack } from './disposable-stack.ts';
import { ResourceStack } from './disposal.ts';
import { DurableFinalizationRegistry } from './finalization.ts';
import type { FunctionRecord } from './function-record.ts';
import { iterate } from './iteration.ts';
import { enumerate } from './key-iteration.ts';
import { DurableIterator } from './iterator-constructor.ts';
import './iterator-methods.ts';
import './live-iterator.ts';
import './match-iterator.ts';
import './segments.ts';
import { restoring } from './class-restoring.ts';
import { registerClass } from './durable-class.ts';
import { type GeneratorFrame, passResult, yieldValue } from './generator.ts';
import {
  functionPrototypeOf,
  generate,
  makeGeneratorFunction,
  makeGeneratorMethod,
  makeGeneratorPart,
  makeOnlyCallee,
} from './generator-functions.ts';
import { callWithin, startCurrent, startIn } from './entering.ts';
import { type OwnerContext, turn } from './owner.ts';
import { kitOf, noteMadeClass, Statics } from './made-class.ts';
import { awaitValue, DurablePromise, take } from './promise.ts';
import { DurableProxy } from './proxies.ts';
import { addPart } from './parts.ts';
import type { Realm } from './realm.ts';
import { received, returned, returning } from './resumption.ts';
import { stamp } from './stamp.ts';
import { timers } from './timers.ts';
import { DurableWeakRef } from './weak-reference.ts';
import { watch } from './watched.ts';

export function createAbi(realm: Realm): FrameAbi {
  return {
    ...shared,
    // A realm that one instance has for itself: all its functions are that instance's, whoever calls them.
    ...(realm.bundle.state.length > 0
      ? { start: (fn, slots) => startIn(realm.home ?? turn.of, fn as FunctionRecord, slots) }
      : {}),
    symbol: (description) => realm.makeSymbol(description),
    functions: () => realm.functions as FunctionRecord[],
    singleton(fn, value) {
      realm.name(`fn:${fn.id}`, value);
      nameGenerator(realm, fn as FunctionRecord, value);
      return value;
    },
    generatorMethod(fn, holder, key) {
      const method = makeGeneratorMethod(fn as FunctionRecord, holder, key);
      if (method) nameGenerator(realm, fn as FunctionRecord, method);
    },
    class(fn, value, privates) {
      registerClass(realm, fn as FunctionRecord, value as unknown as Function, privates);
      return value;
    },
    named(name, value) {
      if (name.startsWith('var:')) realm.nameConstant(name, value);
      else realm.name(name, value);
      return value;
    },
    namespace(name, getters) {
      const namespace = Object.create(null) as object;
      for (const [key, get] of Object.entries(getters))
        Object.defineProperty(namespace, key, { get, enumerable: true });
      Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
      Object.preventExtensions(namespace);
      realm.name(name, namespace);
      return namespace;
    },
    state(read, write) {
      realm.readState = read;
      realm.writeState = write;
    },
  };
}

const shared = {
  SUSPENDED,
  UNSET,
  Box,
  restoring,
  Promise: DurablePromise as unknown as PromiseConstructor,
  DisposableStack: DurableDisposableStack,
  AsyncDisposableStack: DurableAsyncDisposableStack,
  Iterator: DurableIterator as unknown as IteratorConstructor,
  ...timers,
  Proxy: DurableProxy,
  WeakRef: DurableWeakRef,
  FinalizationRegistry: DurableFinalizationRegistry,
  AbortSignal: DurableAbortSignal,

  resume(fn, named) {
    const record = fn as FunctionRecord;
    const [code] = Object.values(named);
    record.resume = code;
    if (record.metadata.kind !== 'async-generator') return;
    record.body = code;
    record.resume = driverOf(code!);
  },
  factory(fn, make) {
    (fn as FunctionRecord).make = make;
  },
  closure: (value, fn, cells) => stamp(value, fn as FunctionRecord, cells),
  classClosure: (value, fn, cells, access) => noteMadeClass(value, fn as FunctionRecord, cells, access),
  kit: kitOf,
  part(owner, name, value) {
    addPart(owner, name, value);
    return value;
  },
  watch,
  Statics,

  turn,
  start: (fn, slots) => startCurrent(fn as FunctionRecord, slots),
  startIn: (of, fn, slots) => startIn(of as OwnerContext | undefined, fn as FunctionRecord, slots),
  within: (of, fn, cells, receiver, args, newTarget) =>
    callWithin(of as OwnerContext, fn as FunctionRecord | Function, cells, receiver, args, newTarget),
  await: awaitValue,
  take,

  generatorPart: (fn, holder, key) => makeGeneratorPart(fn as FunctionRecord, holder, key),
  generator: (fn, value) => makeGeneratorFunction(fn as FunctionRecord, value),
  generate: (fn, slots, callee) => generate(fn as FunctionRecord, slots, callee, false),
  bindAndGenerate: (fn, slots, callee) => generate(fn as FunctionRecord, slots, callee, true),
  initial(frame: AsyncGeneratorMachine | GeneratorFrame, at, slots) {
    frame.place(at, slots);
    return SUSPENDED;
  },
  yield: yieldValue,
  pass: passResult,
  asyncYield,
  asyncPass,
  received,
  returning,
  returned,
  delegate,
  delegateAsync,
  iterateAsync,

  checked(value, name) {
    if (value === UNSET) throw new ReferenceError(`Cannot access '${name}' before initialization`);
    return value;
  },
  constant() {
    throw new TypeError('Assignment to constant variable.');
  },
  construct(fn, args, text) {
    if (!isConstructor(fn)) throw new TypeError(`${text} is not a constructor`);
    return Reflect.construct(fn, args) as object;
  },
  destructured(value, name) {
    if (value === undefined || value === null) {
      const what = `'(intermediate value)' as it is ${String(value)}.`;
      throw new TypeError(`Cannot destructure property '${name}' of ${what}`);
    }
    return value;
  },
  call(fn, receiver, args, text) {
    if (typeof fn !== 'function') throw new TypeError(`${text} is not a function`);
    return callForm(fn, receiver, args);
  },
  import: (specifier) => import(String(specifier)) as Promise<object>,

  iterate,
  enumerate,
  disposal: () => new ResourceStack(),
  step: (iteration) => (iteration.next() ? iteration.value : undefined),
  rest(iteration) {
    const values: unknown[] = [];
    while (iteration.next()) values.push(iteration.value);
    return values;
  },
  omit(value, keys) {
    const left = new Set<PropertyKey>(keys);
    const copy: Record<PropertyKey, unknown> = {};
    const source = Object(value) as Record<PropertyKey, unknown>;
    for (const key of Reflect.ownKeys(source)) {
      if (left.has(key) || !Object.prototype.propertyIsEnumerable.call(source, key)) continue;
      Object.defineProperty(copy, key, {
        value: source[key],
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return copy;
  },
  coercible(value) {
    if (value === undefined || value === null)
      throw new TypeError(`Cannot destructure '${String(value)}' as it is ${String(value)}.`);
    return value;
  },
  key: toPropertyKey,
  superGet: (home, key, receiver) => Reflect.get(superBase(home, key), key, receiver) as unknown,
  superSet(home, key, value, receiver) {
    if (!Reflect.set(superBase(home, key), key, value, receiver)) {
      throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
    }
    return value;
  },
  bind: bindFunction,
  iterator(target, key) {
    const fn: unknown = target[key];
    if (typeof fn !== 'function')
      throw new TypeError(`(intermediate value).${String(key)} is not a function`);
    return callForm(fn, target, []);
  },
  method,
  accessor(object, name, get, set) {
    const known = Object.getOwnPropertyDescriptor(object, name);
    const accessors = { get: get ?? known?.get, set: set ?? known?.set } as PropertyDescriptor;
    return Object.defineProperty(object, name, { ...accessors, enumerable: true, configurable: true });
  },
  nameFunction(fn, key, prefix) {
    const text =
      typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);
    return Object.defineProperty(fn, 'name', {
      value: prefix === '' ? text : `${prefix} ${text}`,
      configurable: true,
    });
  },
} satisfies Partial<FrameAbi>;

/** What a generator function that exists once needs to be found again, and to make its generators. */
function nameGenerator(realm: Realm, record: FunctionRecord, value: object): void {
  if (functionPrototypeOf(record) === undefined) return;
  realm.name(`fn:${record.id}.prototype`, makeOnlyCallee(record, value));
}

/** IsConstructor; runs nothing of the function. */
function isConstructor(value: unknown): value is Function {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(new Proxy(value, NEVER_CONSTRUCTED), []);
    return true;
  } catch {
    return false;
  }
}

/** A proxy can be constructed if its target can. */
const NEVER_CONSTRUCTED: ProxyHandler<Function> = { construct: () => ({}) };

function toPropertyKey(value: unknown): PropertyKey {
  return typeof value === 'symbol' || typeof value === 'string'
    ? value
    : (Reflect.ownKeys({ [value as string]: 0 })[0] as PropertyKey);
}

/** GetSuperBase. */
function superBase(home: object, key: PropertyKey): object {
  const base = Object.getPrototypeOf(home) as object | null;
  if (base === null) throw new TypeError(`Cannot read properties of null (reading '${String(key)}')`);
  return base;
}
