/** Classes of durable modules: found again by number, with all their methods; instances made without running constructors. */
import type { InstanceType } from '../snapshot/index.ts';
import type { FunctionRecord } from './function-record.ts';
import {
  makePromise,
  DurablePromise,
  readPromise,
  type DurablePromise as Durable,
  writePromise,
} from './promise.ts';
import { promiseCheck, restoringOwner } from './restoring.ts';
import type { DurableClass, Realm } from './realm.ts';

/** While `active`, constructors of durable classes stand still. */
export const restoring = { active: false };

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

function instanceType(realm: Realm, prototype: object): InstanceType {
  // Found on first use: a base class may be registered later than a derived one in another module.
  let chain: DurableClass[] | undefined;
  let isPromise = false;
  const classes = (): DurableClass[] => {
    if (chain) return chain;
    chain = [];
    for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at) as object | null) {
      const known = realm.classes.get(at);
      if (known) chain.unshift(known);
      if (at === DurablePromise.prototype) isPromise = true;
    }
    return chain;
  };
  return {
    create() {
      const withPrivates = classes().some(({ privates }) => privates !== undefined);
      if (isPromise) return Object.setPrototypeOf(makePromise(restoringOwner()), prototype) as object;
      if (!withPrivates) return Object.create(prototype) as object;
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
      const fields = classes().flatMap(({ privates }) => privates?.read(value) ?? []);
      return isPromise ? [...fields, readPromise(value as Durable)] : fields;
    },
    writePrivates(value, fields) {
      let index = 0;
      for (const { privates } of classes()) {
        if (!privates) continue;
        const count = privates.read(value).length;
        privates.write(value, fields.slice(index, index + count));
        index += count;
      }
      if (isPromise) writePromise(value as Durable, fields[index] as unknown[], promiseCheck(realm));
    },
  };
}
