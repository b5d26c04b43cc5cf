import { types } from 'node:util';

/**
 * Describes a value as text, so that two results can be compared whatever realm or implementation they come from.
 *
 * Kept apart: -0 and 0, NaN, holes and undefined, the prototype's class name, property order, property flags, accessors (never
 * called), frozen/sealed/non-extensible objects, and identity: an object or symbol that is met more than once is labelled `&1`
 * and the later meetings say `*1`, so shared references and cycles show. Error stacks, source text of functions and whether
 * a function is an async one are left out: they are not part of the semantics that Waymark promises.
 */
export function describeValue(root: unknown): string {
  const meetings = countMeetings(root);
  const labels = new Map<unknown, number>();
  const lines: string[] = [];

  const print = (indent: string, prefix: string, value: unknown): void => {
    if (!isIdentity(value)) {
      lines.push(`${indent}${prefix}${describePrimitive(value)}`);
      return;
    }
    const known = labels.get(value);
    if (known !== undefined) {
      lines.push(`${indent}${prefix}*${known}`);
      return;
    }
    let label = '';
    if ((meetings.get(value) ?? 0) > 1) {
      labels.set(value, labels.size + 1);
      label = `&${labels.size} `;
    }
    lines.push(`${indent}${prefix}${label}${describeHead(value)}`);
    for (const [name, child] of childrenOf(value)) print(`${indent}  `, `${name}: `, child);
  };
  print('', '', root);
  return lines.join('\n');
}

type Identity = object | symbol;

function isIdentity(value: unknown): value is Identity {
  if (typeof value === 'symbol') return Symbol.keyFor(value) === undefined && !wellKnown.has(value);
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

const wellKnown = new Set<unknown>(
  Reflect.ownKeys(Symbol).flatMap((key) => {
    const value: unknown = Reflect.get(Symbol, key);
    return typeof value === 'symbol' ? [value] : [];
  }),
);

function countMeetings(root: unknown): Map<unknown, number> {
  const meetings = new Map<unknown, number>();
  const visit = (value: unknown): void => {
    if (!isIdentity(value)) return;
    const before = meetings.get(value) ?? 0;
    meetings.set(value, before + 1);
    if (before === 0) for (const [, child] of childrenOf(value)) visit(child);
  };
  visit(root);
  return meetings;
}

function describePrimitive(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return describeSymbol(value);
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

function describeSymbol(symbol: symbol): string {
  const key = Symbol.keyFor(symbol);
  return key === undefined ? String(symbol) : `Symbol.for(${JSON.stringify(key)})`;
}

function describeHead(value: Identity): string {
  if (typeof value === 'symbol') return describeSymbol(value);
  const extent = describeExtent(value);
  if (typeof value === 'function') return `${describeFunction(value)}${extent}`;
  const name = classNameOf(value);
  if (Array.isArray(value)) return `${name}(${value.length})${extent}`;
  if (types.isDate(value))
    return `${name} ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}${extent}`;
  if (types.isRegExp(value)) return `${name} ${String(value)}${extent}`;
  if (types.isMap(value) || types.isSet(value)) return `${name}(${value.size})${extent}`;
  if (types.isNativeError(value)) return `${name} ${value.name}: ${JSON.stringify(value.message)}${extent}`;
  if (types.isAnyArrayBuffer(value)) return `${name} ${Buffer.from(value).toString('hex')}${extent}`;
  if (types.isTypedArray(value))
    return `${name}(${value.length}) [${Array.from(value, describePrimitive).join(', ')}]${extent}`;
  if (types.isDataView(value)) return `${name}(${value.byteOffset}, ${value.byteLength})${extent}`;
  if (types.isBoxedPrimitive(value)) return `${name} ${describePrimitive(value.valueOf())}${extent}`;
  if (value instanceof URL) return `${name} ${value.href}${extent}`;
  return `${name}${extent}`;
}

function describeExtent(value: object): string {
  if (Object.isExtensible(value)) return '';
  if (ArrayBuffer.isView(value)) return ' non-extensible';
  return Object.isFrozen(value) ? ' frozen' : Object.isSealed(value) ? ' sealed' : ' non-extensible';
}

function describeFunction(value: object): string {
  const read = (key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;
  const isClass = Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
  return `${isClass ? 'class' : 'function'} ${describePrimitive(read('name'))}/${describePrimitive(read('length'))}`;
}

function classNameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'null-prototype';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof constructor === 'function') return constructor.name;
  return `inherits ${classNameOf(prototype)}`;
}

function childrenOf(value: Identity): [string, unknown][] {
  if (typeof value === 'symbol') return [];
  const children: [string, unknown][] = [];
  if (types.isMap(value)) {
    let index = 0;
    for (const [key, item] of Map.prototype.entries.call(value)) {
      children.push([`key ${index}`, key], [`value ${index}`, item]);
      index++;
    }
  }
  if (types.isSet(value)) {
    for (const item of Set.prototype.values.call(value)) children.push(['item', item]);
  }
  if (ArrayBuffer.isView(value)) children.push([`buffer at ${value.byteOffset}`, value.buffer]);
  return children.concat(propertiesOf(value));
}

function propertiesOf(value: object): [string, unknown][] {
  if (value instanceof URL) return [];
  const children: [string, unknown][] = [];
  const settled = !Object.isExtensible(value);
  for (const key of Reflect.ownKeys(value)) {
    if (isImplied(value, key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(value, key)!;
    const name = typeof key === 'symbol' ? `[${describeSymbol(key)}]` : key;
    const hidden = descriptor.enumerable ? '' : ' (not enumerable)';
    if ('value' in descriptor) {
      const fixed =
        settled || (descriptor.writable && descriptor.configurable) ? '' : describeFlags(descriptor);
      children.push([`${name}${types.isNativeError(value) ? '' : hidden}${fixed}`, descriptor.value]);
    } else {
      const kinds = [descriptor.get && 'get', descriptor.set && 'set'].filter(Boolean).join('/');
      children.push([`${name}${hidden}`, `accessor ${kinds}`]);
    }
  }
  return children;
}

function describeFlags({ writable, configurable }: PropertyDescriptor): string {
  return `${writable ? '' : ' (read-only)'}${configurable ? '' : ' (not configurable)'}`;
}

/** True for properties that follow from the kind of the object, or that differ between engines' call stacks. */
function isImplied(value: object, key: PropertyKey): boolean {
  if (typeof value === 'function')
    return ['length', 'name', 'prototype', 'arguments', 'caller'].includes(String(key));
  if (types.isNativeError(value)) return key === 'stack' || key === 'message';
  if (Array.isArray(value)) return key === 'length';
  if (types.isRegExp(value)) return key === 'lastIndex' && value.lastIndex === 0;
  if (types.isTypedArray(value)) return typeof key === 'string' && /^\d+$/.test(key);
  if (types.isStringObject(value)) return key === 'length' || (typeof key === 'string' && /^\d+$/.test(key));
  return false;
}
