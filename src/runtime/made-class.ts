/**
 * Classes of durable modules that are made at run time: closures with parts. Made again from their cells by the same factory,
 * with static initialisers standing still; static state comes from the snapshot.
 */
import { restoring } from './class-restoring.ts';
import type { FunctionRecord } from './function-record.ts';
import { addPart, freshState, keepFresh } from './parts.ts';
import type { DurableClass } from './realm.ts';
import { stamp } from './stamp.ts';

export interface ClassAccess {
  readonly privates?: DurableClass['privates'];
  /** Private static fields. */
  readonly statics?: StaticAccess;
  /** Code that has to stand in the class body, because it uses private names. */
  readonly kit?: Readonly<Record<string, any>>;
}

interface StaticAccess {
  read(): unknown[];
  write(values: readonly unknown[]): void;
}

/** The private static fields of one class; a cell of the class. */
export class Statics {
  #access: StaticAccess | undefined = undefined;
  #restored: readonly unknown[] | undefined = undefined;

  read(): readonly unknown[] {
    return this.#access?.read() ?? [];
  }

  /** From a snapshot; the class may not have been made yet. */
  write(values: readonly unknown[]): void {
    this.#restored = values;
    this.#flush();
  }

  belongTo(access: StaticAccess): void {
    this.#access = access;
  }

  /** The class is complete. */
  ready(): void {
    this.#flush();
  }

  #flush(): void {
    if (this.#restored === undefined || this.#access === undefined || restoring.active) return;
    this.#access.write(this.#restored);
    this.#restored = undefined;
  }
}

const madeClasses = new WeakMap<object, DurableClass>();
const kits = new WeakMap<object, Readonly<Record<string, any>>>();

/** The class whose prototype object this is. */
export function madeClassOf(prototype: object): DurableClass | undefined {
  return madeClasses.get(prototype);
}

export function kitOf(value: object): Readonly<Record<string, any>> {
  return kits.get(value)!;
}

/** Called first thing in the class body, when methods and accessors exist, and nothing else does. */
export function noteMadeClass<C extends Function>(
  value: C,
  record: FunctionRecord,
  cells: readonly unknown[],
  access: ClassAccess,
): C {
  stamp(value, record, cells);
  const prototype = value.prototype as object;
  addPart(value, 'prototype', prototype);
  addMembers(value, 'static', value);
  addMembers(value, 'proto', prototype);
  const heritage = Object.getPrototypeOf(value) as object;
  keepFresh(value, heritage);
  keepFresh(prototype, hasFixedPrototype(heritage) ? Object.getPrototypeOf(prototype) : undefined);
  madeClasses.set(prototype, { record, value, privates: access.privates });
  if (access.kit) kits.set(value, access.kit);
  if (access.statics) (cells.at(-1) as Statics).belongTo(access.statics);
  return value;
}

/** The prototype object of an ordinary function may be replaced after the function was made again. */
function hasFixedPrototype(heritage: object): boolean {
  return Object.getOwnPropertyDescriptor(heritage, 'prototype')?.writable !== true;
}

function addMembers(owner: object, label: string, target: object): void {
  for (const key of Reflect.ownKeys(target)) {
    if (key === 'prototype' || key === 'constructor') continue;
    const descriptor = Object.getOwnPropertyDescriptor(target, key)!;
    const text = typeof key === 'symbol' ? `@@${key.description}` : key;
    if (typeof descriptor.value === 'function') addPart(owner, `${label}:value:${text}`, descriptor.value);
    if (descriptor.get) addPart(owner, `${label}:get:${text}`, descriptor.get);
    if (descriptor.set) addPart(owner, `${label}:set:${text}`, descriptor.set);
  }
}

/** The class again. Nothing of the author's is evaluated. */
export function makeClassAgain(record: FunctionRecord, cells: readonly unknown[]): object {
  const before = restoring.active;
  restoring.active = true;
  let value: object;
  try {
    value = record.make!(...cells);
  } finally {
    restoring.active = before;
  }
  // Static fields, which the snapshot sets if they are still there.
  for (const key of freshState(value)!.changes(value)) Reflect.deleteProperty(value, key);
  const statics: unknown = cells.at(-1);
  if (statics instanceof Statics) statics.ready();
  return value;
}
