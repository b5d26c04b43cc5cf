/** Classes of durable modules: found again by number, with all their methods; instances made without running constructors. */
import type { InstanceType } from '../snapshot/index.ts';
import { restoring } from './class-restoring.ts';
import { DurableAsyncDisposableStack, DurableDisposableStack } from './disposable-stack.ts';
import type { FunctionRecord } from './function-record.ts';
import { madeClassOf } from './made-class.ts';
import { addPart } from './parts.ts';
import { DurablePromise, makePromise } from './promise.ts';
import { restoringOwner } from './restoring.ts';
import type { DurableClass, Realm } from './realm.ts';

export function registerClass(
  realm: Realm,
  record: FunctionRecord,
  value: Function,
  privates: DurableClass['privates'],
): void {
  const prototype = value.prototype as object;
  realm.classes.set(prototype, { record, value, privates });
  const name = `class:${record.id}`;
  realm.name(name, value);
  realm.name(`${name}.prototype`, prototype);
  nameMembers(realm, `${name}#static`, value);
  nameMembers(realm, `${name}#proto`, prototype);
  realm.instanceTypes.set(prototype, instanceType(realm, prototype));
}

function nameMembers(realm: Realm, label: string, target: object): void {
  for (const key of Reflect.ownKeys(target)) {
    if (key === 'prototype' || key === 'constructor') continue;
    const descriptor = Object.getOwnPropertyDescriptor(target, key)!;
    const text = typeof key === 'symbol' ? `@@${key.description}` : key;
    if (typeof descriptor.value === 'function') realm.name(`${label}:value:${text}`, descriptor.value);
    if (descriptor.get) realm.name(`${label}:get:${text}`, descriptor.get);
    if (descriptor.set) realm.name(`${label}:set:${text}`, descriptor.set);
  }
}

/** What the native base class of a durable class makes of an instance. */
const EXOTIC: ReadonlySet<Function> = new Set([
  Array,
  Map,
  Set,
  Date,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
  SuppressedError,
  DurableDisposableStack,
  DurableAsyncDisposableStack,
]);

/** The durable class whose prototype object this is. */
function classAt(realm: Realm, prototype: object): DurableClass | undefined {
  return realm.classes.get(prototype) ?? madeClassOf(prototype);
}

const madeTypes = new WeakMap<object, InstanceType>();

/** For instances of a class of the bundle, whenever it was made. */
export function instanceTypeOf(realm: Realm, prototype: object): InstanceType | undefined {
  const known = realm.instanceTypes.get(prototype) ?? madeTypes.get(prototype);
  if (known !== undefined || madeClassOf(prototype) === undefined) return known;
  const type = instanceType(realm, prototype);
  madeTypes.set(prototype, type);
  return type;
}

/** The private method `private:name` of a class. */
export function privateMethod(realm: Realm, owner: object, part: string): object | undefined {
  const prototype: unknown = Object.getOwnPropertyDescriptor(owner, 'prototype')?.value;
  if (!part.startsWith('private:') || typeof prototype !== 'object' || prototype === null) return undefined;
  const known = classAt(realm, prototype);
  if (known?.value !== owner || known.privates?.methods === undefined) return undefined;
  const name = part.slice('private:'.length);
  const found =
    known.privates.statics!()[name] ??
    known.privates.methods(instanceTypeOf(realm, prototype)!.create())[name];
  if (found !== undefined) addPart(owner, part, found);
  return found;
}

function withoutConstructor(prototype: object, realm: Realm): object {
  let base = prototype;
  while (classAt(realm, base)) base = Object.getPrototypeOf(base) as object;
  const native = (base as { constructor: Function }).constructor;
  const own = classAt(realm, prototype)!.value;
  if (!EXOTIC.has(native)) return Object.create(prototype) as object;
  const needsArguments = native === AggregateError;
  return Reflect.construct(native, needsArguments ? [[]] : [], own) as object;
}

function instanceType(realm: Realm, prototype: object): InstanceType {
  // Found on first use: a base class may be registered later than a derived one in another module.
  let chain: DurableClass[] | undefined;
  let isPromise = false;
  const classes = (): DurableClass[] => {
    if (chain) return chain;
    chain = [];
    for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
      const known = classAt(realm, at);
      if (known) chain.unshift(known);
      if (at === DurablePromise.prototype) isPromise = true;
    }
    return chain;
  };
  return {
    create() {
      const withPrivates = classes().some(({ privates }) => privates !== undefined);
      if (isPromise) return Object.setPrototypeOf(makePromise(restoringOwner()), prototype) as object;
      if (!withPrivates) return withoutConstructor(prototype, realm);
      restoring.active = true;
      try {
        const value = Reflect.construct(chain!.at(-1)!.value, []) as object;
        // Fields are set from the snapshot.
        for (const key of Reflect.ownKeys(value)) Reflect.deleteProperty(value, key);
        return value;
      } finally {
        restoring.active = false;
      }
    },
    readPrivates(value) {
      return classes().flatMap(({ privates }) => privates?.read(value) ?? []);
    },
    writePrivates(value, fields) {
      let index = 0;
      for (const { privates } of classes()) {
        if (!privates) continue;
        const count = privates.read(value).length;
        privates.write(value, fields.slice(index, index + count));
        index += count;
      }
    },
  };
}
