/**
 * Where a value is, in the author's words. Worked out only after a failure, from the order in which objects were met;
 * the hop from an object to its child is found by looking for the child in it.
 */
import { inspect, types } from 'node:util';
import * as F from '../format.ts';
import type { RecordType } from '../snapshot-context.ts';
import type { Encoder } from './encoder.ts';
import type { Ephemeron } from './ephemerons.ts';
import type { HostBody } from './hosts.ts';
import type { InstanceBody } from './instances.ts';

/** Hops shown at each end of a long path. */
const SHOWN = 12;

/** A hop is either part of an expression (`.name`, `[3]`) or a place of its own (`payments.ts:14 settle(): local "x"`). */
interface Hop {
  readonly text: string;
  readonly place: boolean;
}

/** A hop inside the runtime: not shown, and neither are the properties after it if a place follows. */
const INTERNAL: Hop = { text: '', place: false };

/** The path from the root to `culprit`, which is held by the object that the encoder is writing. Empty for the root itself. */
export function pathTo(e: Encoder, culprit: unknown): string {
  return join(hopsTo(e, e.current, culprit));
}

/** The path to an object that has a number. */
export function pathToNumber(e: Encoder, index: number): string {
  return join(hopsTo(e, parentOf(e, index), e.objects.items[index]));
}

function hopsTo(e: Encoder, holder: number, culprit: unknown): Hop[] {
  const hops: Hop[] = [];
  let child = culprit;
  for (let at = holder; at >= 0; at = parentOf(e, at)) {
    if (e.kinds[at] === F.BODY_EPHEMERONS) {
      const entries = e.payloads[at] as readonly Ephemeron[];
      const entry = entries.find(({ key, value }) => Object.is(value, child) || Object.is(key, child))!;
      hops.push({ text: ' (value of a weak collection)', place: false });
      at = entry.owner;
      child = e.objects.items[at];
      continue;
    }
    const hop = hopBetween(e, at, child);
    if (hop !== undefined) hops.push(hop);
    child = e.objects.items[at];
  }
  return withoutInternals(hops.reverse());
}

function withoutInternals(hops: readonly Hop[]): Hop[] {
  const shown: Hop[] = [];
  let internal = -1;
  for (const each of hops) {
    if (each === INTERNAL) {
      if (internal < 0) internal = shown.length;
      continue;
    }
    if (each.place) {
      if (internal >= 0) shown.length = internal;
      internal = -1;
    }
    shown.push(each);
  }
  return shown;
}

/** The object in whose body object `index` was met; -1 for the root. */
function parentOf(e: Encoder, index: number): number {
  let low = -1;
  let high = Math.min(e.current, index - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (e.bodyStart[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

function join(hops: readonly Hop[]): string {
  const shown =
    hops.length <= SHOWN * 2 + 1
      ? hops
      : [
          ...hops.slice(0, SHOWN),
          { text: ` ... ${hops.length - SHOWN * 2} more ... `, place: false },
          ...hops.slice(-SHOWN),
        ];
  let text = '';
  let placeBefore = false;
  for (const hop of shown) {
    if (text !== '' && (hop.place || placeBefore)) text += ' -> ';
    text += hop.text;
    placeBefore = hop.place;
  }
  return text;
}

function hopBetween(e: Encoder, index: number, child: unknown): Hop | undefined {
  const holder = e.objects.items[index]!;
  const payload = e.payloads[index];
  switch (e.kinds[index]) {
    case F.BODY_RECORD: {
      const record = payload as RecordType;
      const field = record.read(holder).findIndex((each) => Object.is(each, child));
      const label = field < 0 ? undefined : record.label?.(holder, field);
      return label === undefined ? INTERNAL : { text: label, place: true };
    }
    case F.BODY_CLOSURE: {
      const { cells } = payload as { cells: readonly unknown[] };
      const cell = cells.findIndex((each) => Object.is(each, child));
      if (cell < 0) return hop(propertyHop(holder, child));
      const name: unknown = Object.getOwnPropertyDescriptor(holder, 'name')?.value;
      return {
        text: `captured by ${typeof name === 'string' && name !== '' ? `${name}()` : 'a function'}`,
        place: true,
      };
    }
    case F.BODY_HOST: {
      const { type, parts, content } = payload as HostBody;
      const holds = [...parts, ...content].some((each) => Object.is(each, child));
      if (holds || type.prototype === undefined) return { text: ` (content of ${type.name})`, place: false };
      return hop(contentHop(holder, child));
    }
    case F.BODY_USER:
      return { text: `(data of ${(payload as { type: { name: string } }).type.name})`, place: true };
    case F.BODY_INSTANCE:
    case F.BODY_INSTANCE_OF: {
      const body = payload as InstanceBody;
      if (body.type.readPrivates(holder).some((each) => Object.is(each, child))) {
        return { text: '.#private', place: false };
      }
      return hop(contentHop(holder, child));
    }
    default:
      return hop(contentHop(holder, child));
  }
}

function hop(text: string | undefined): Hop | undefined {
  return text === undefined ? undefined : { text, place: false };
}

function contentHop(holder: object, child: unknown): string | undefined {
  if (types.isMap(holder)) {
    for (const [key, value] of Map.prototype.entries.call(holder)) {
      if (Object.is(value, child)) return `.get(${show(key)})`;
      if (Object.is(key, child)) return '.keys()';
    }
  }
  if (types.isSet(holder)) {
    for (const value of Set.prototype.values.call(holder)) if (Object.is(value, child)) return '.values()';
  }
  return propertyHop(holder, child);
}

function propertyHop(holder: object, child: unknown): string | undefined {
  for (const key of Reflect.ownKeys(holder)) {
    if (Object.is(key, child)) return `[${String(key as symbol)}]`;
    const property = Object.getOwnPropertyDescriptor(holder, key)!;
    if (Object.is(property.value, child) && property.writable !== undefined) return keyText(holder, key);
    if (property.get !== undefined && property.get === child) return `${keyText(holder, key)} (getter)`;
    if (property.set !== undefined && property.set === child) return `${keyText(holder, key)} (setter)`;
  }
  return Object.getPrototypeOf(holder) === child ? '.[[Prototype]]' : undefined;
}

function keyText(holder: object, key: PropertyKey): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  const name = String(key);
  if (Array.isArray(holder) && /^\d+$/.test(name)) return `[${name}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function show(key: unknown): string {
  return typeof key === 'object' || typeof key === 'function'
    ? 'an object'
    : inspect(key, { maxStringLength: 40 });
}
